namespace ProverCluster.Node.Membership;

/// <summary>What a node of a cluster does.</summary>
public static class NodeRoles
{
    /// <summary>Coordinators of goals live there.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Provers run there.</summary>
    public const string Prover = "prover";

    public static readonly IReadOnlyList<string> All = [Coordinator, Prover];
}
