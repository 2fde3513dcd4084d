namespace ProverCluster.Cli.Operations;

/// <summary>What <c>./prove cluster --help</c> prints.</summary>
internal static class OperationHelp
{
    public const string Text =
        """
        Shows what a running cluster is doing, and lets nodes go.

          ./prove cluster members         who is in it, the oldest first; * is the leader
          ./prove cluster shards          which node has which coordinators and records
          ./prove cluster runs [NODE...]  what nodes run: processes, time, memory; by default all that run provers
          ./prove cluster tree [PATH]     the living actors of a node, below a path (default /user)
          ./prove cluster leave NODE      drains a node, and ends it
          ./prove cluster down NODE       gives a node up for lost that does not come back

        A NODE is called as members calls it: host:port. tree, leave and down want an administrator's token, where tokens are.

          --cluster URL       a node of it; may be given more than once (default http://127.0.0.1:8081)
          --token-file FILE   the cluster's token is in this file (default: in the variable PROVE_TOKEN)
          --node NODE         tree: whose (default: of the node that is asked)
          --depth N           tree: generations below the path, 0 to 32 (default 32)
          --limit N           tree: actors, 1 to 1000, the nearest ones (default 200)
          --json              what the node itself says, as in docs/http.md; for runs one object for each node
          --help

        Exit value: 0 it was answered; 3 bad usage, or there is no such node; 4 the cluster failed, or a node has not
        answered; 130 interrupted. A file that is called cluster is given as ./cluster.
        """;
}
