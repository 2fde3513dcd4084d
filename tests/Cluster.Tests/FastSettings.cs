namespace ProverCluster.Tests;

/// <summary>
/// What a cluster does in seconds the specs want in less: it forms at once, and a dead node is missed after two seconds (more on a machine that has no time for
/// heartbeats) and put out after one more. The links can be cut. All else is as it is shipped.
/// </summary>
internal static class FastSettings
{
    public static string Hocon => $$"""
        akka {
          # Read by the specs, and written for nobody.
          loglevel = INFO
          remote {
            dot-netty.tcp.applied-adapters = ["trttl"]
            retry-gate-closed-for = 200ms
            watch-failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = {{Pause}}s, expected-response-after = 200ms, unreachable-nodes-reaper-interval = 200ms }
          }
          cluster {
            periodic-tasks-initial-delay = 100ms
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            unreachable-nodes-reaper-interval = 200ms
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 1s
            failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = {{Pause}}s, expected-response-after = 200ms }
            # One fault after the other keeps a cluster from ever looking stable, and is no reason to give all of it up.
            split-brain-resolver { stable-after = 1s, down-all-when-unstable = off, keep-majority.role = coordinator }
            down-removal-margin = 1s
            distributed-data { gossip-interval = 200ms, notify-subscribers-interval = 100ms }
            singleton { hand-over-retry-interval = 200ms, min-number-of-hand-over-retries = 30 }
            sharding {
              retry-interval = 200ms
              waiting-for-state-timeout = 1s
              updating-state-timeout = 1s
              coordinator-failure-backoff = 500ms
              rebalance-interval = 1s
            }
          }
        }
        prover-cluster { }

        """;

    private static double Pause => Busy.Allow(TimeSpan.FromSeconds(2)).TotalSeconds;
}
