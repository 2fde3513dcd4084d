using Akka.Actor;

namespace ProverCluster.Node.Membership;

/// <summary>Where a node stands in a cluster.</summary>
/// <param name="Host">The address it listens on for other nodes, and that they know it by.</param>
/// <param name="Port">The same; 0 for one that is free.</param>
/// <param name="Seeds">Nodes to join, as <c>host:port</c>; empty for a first node, which seeds itself.</param>
/// <param name="Roles">Of <see cref="NodeRoles"/>.</param>
public sealed record ClusterPlace(string Host, int Port, IReadOnlyList<string> Seeds, IReadOnlyList<string> Roles)
{
    /// <summary>Whether somebody has said any of it, so that it is not to be left aside.</summary>
    public bool IsChosen { get; init; }

    /// <summary>The name of every actor system of a cluster.</summary>
    public const string System = "prover-cluster";

    public bool IsCoordinator => Roles.Contains(NodeRoles.Coordinator);

    public bool IsProver => Roles.Contains(NodeRoles.Prover);

    /// <summary>The seeds' addresses: they speak as this node does.</summary>
    public IEnumerable<Address> SeedAddresses(Address self) => Seeds.Select(seed => Address.Parse($"{self.Protocol}://{System}@{seed}"));
}
