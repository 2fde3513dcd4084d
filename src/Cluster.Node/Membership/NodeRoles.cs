namespace ProverCluster.Node.Membership;

/// <summary>What a node of a cluster does.</summary>
public static class NodeRoles
{
    /// <summary>Coordinators of goals live there.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Provers run there.</summary>
    public const string Prover = "prover";

    /// <summary>Answers over HTTP, and so wants to know what the others have to offer. It follows from the node's settings.</summary>
    public const string Http = "http";

    /// <summary>Those that a node can be given.</summary>
    public static readonly IReadOnlyList<string> All = [Coordinator, Prover];
}
