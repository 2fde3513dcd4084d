using ProverCluster.Node.Membership;

namespace ProverCluster.Tests;

/// <summary>Nodes with one role: where a fault befalls is then no matter of chance.</summary>
internal static class Roles
{
    public static readonly IReadOnlyList<string> Coordinator = [NodeRoles.Coordinator];
    public static readonly IReadOnlyList<string> Prover = [NodeRoles.Prover];
}
