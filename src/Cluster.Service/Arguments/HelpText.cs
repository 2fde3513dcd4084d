namespace ProverCluster.Service.Arguments;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text =
        """
        Runs one node of a prover cluster, until it is told to stop.

          ./node [options]

          ./node --port 4051                                   a first node
          ./node --port 4052 --seed 127.0.0.1:4051             and one more

          --port PORT         where to listen for other nodes (default 4051; 0: one that is free)
          --host HOST         ... and the name they know it by (default 127.0.0.1: this machine only)
          --seed HOST:PORT    a node to join; may be given more than once. Without it, the node is the first of its cluster
          --roles A,B         coordinator: keeps races; prover: runs provers (default: both)
          --slots N           runs at once (default: the processors; without seeds never fewer than one goal's race needs)
          --config FILE       settings to lay over the shipped ones; may be given more than once, later ones win
          --http PORT         where to answer over HTTP (default: nowhere; 0: one that is free)
          --http-host HOST    ... at which address (default 127.0.0.1: this machine only; others want http.tokens, docs/http.md)
          --insecure          ... for everybody who can reach it, without a token
          --data DIR          keep goals in this folder, over a new start: for one node alone, which no other can join
          --store URL         ... on a PostgreSQL server, for all nodes: postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE
          --help, --version

        SIGTERM or Ctrl+C drains it: no new runs, those that run get drain.grace (25s) to finish, coordinators move to other
        nodes, then it leaves. A second one ends it at once. No prover is left behind, however it ends.

        Exit value: 0 it has left in order, 3 bad usage or configuration, 4 it did not start or was cut off from its cluster,
        130 or 143 ended at once by a second Ctrl+C or SIGTERM.
        """;
}
