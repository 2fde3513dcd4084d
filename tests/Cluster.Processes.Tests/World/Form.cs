namespace ProverCluster.Processes.World;

/// <summary>A test's short form, for everybody, and its long one, with what users have.</summary>
/// <param name="Rounds">How often the same is done.</param>
/// <param name="Goals">How many goals are to be settled between one thing and the next.</param>
/// <param name="InFlight">Goals at once.</param>
/// <param name="Sandbox">For provers.</param>
/// <param name="Settings">Laid over the shipped configuration.</param>
internal sealed record Form(int Rounds, int Goals, int InFlight, string Sandbox, string Settings)
{
    /// <summary>
    /// A lost node is missed after seconds and not after a minute; not sooner, since here a node that waits for a processor is not a dead one. News travel faster,
    /// so that joining and leaving take less. None of it changes what is done when.
    /// </summary>
    private static string Quick => $$"""
        akka.cluster {
          gossip-interval = 200ms
          leader-actions-interval = 200ms
          periodic-tasks-initial-delay = 200ms
          seed-node-timeout = 1s
          retry-unsuccessful-join-after = 1s
          failure-detector.acceptable-heartbeat-pause = {{Seconds(4)}}
          split-brain-resolver.stable-after = {{Seconds(3)}}
          down-removal-margin = {{Seconds(3)}}
          sharding.rebalance-interval = 2s
        }
        prover-cluster.drain.grace = {{Seconds(4)}}
        """;

    /// <summary>Runs at once on each node.</summary>
    public const int Slots = 4;

    public static readonly Form Short = new(Rounds: 1, Goals: 5, InFlight: 4, Sandbox: "off", Quick);

    public static readonly Form Long = new(Rounds: 8, Goals: 200, InFlight: 12, Sandbox: "auto", "");

    /// <summary>The same for nodes of which the first begins a cluster where nobody answers: not so soon that a busy machine makes it two.</summary>
    public Form WithPatientSeeds() => this with { Settings = $"{Settings}\nakka.cluster.seed-node-timeout = {Seconds(5)}" };

    /// <summary>Two provers for formulas: one does what the goal's text says, one never comes to an end.</summary>
    public string Configuration(string variable, string mark) => $$"""
        prover-cluster {
          slots = {{Slots}}
          sandbox { mode = {{Sandbox}}, bubblewrap = "/usr/bin/bwrap" }
          backends {
            {{Played.Player}} {{Entry("[\"goal\", \"{goal}\"]", variable, mark)}}
            {{Played.Sleeper}} {{Entry("[\"sleep\", \"3600\"]", variable, mark)}}
          }
        }
        {{Settings}}
        # Who has settled what is read from it.
        akka.loglevel = INFO
        """;

    private static string Seconds(double idle) => FormattableString.Invariant($"{Busy.Allow(TimeSpan.FromSeconds(idle)).TotalSeconds:0}s");

    private static string Entry(string arguments, string variable, string mark) => $$"""
        { languages = [dimacs], executable = "{{Repo.Puppet}}", arguments = {{arguments}}, version-arguments = []
          reading { proved = "unsat", refuted = "sat" }
          environment { {{variable}} = "{{mark}}" } }
        """;
}
