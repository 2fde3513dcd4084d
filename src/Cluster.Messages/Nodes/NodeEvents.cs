using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Nodes;

/// <summary>Told of a node, to every node that coordinates goals or is asked about them.</summary>
public interface INodeEvent : IProtocolMessage
{
    /// <summary>The node's name: <c>host:port</c> in a cluster.</summary>
    string Node { get; }
}

public static class NodeEvents
{
    /// <summary>What a node that runs provers has to offer now; told whenever it changes, and once a second, by which it is known to be there.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="Backends">What it has.</param>
    /// <param name="Slots">How many runs it has at once.</param>
    /// <param name="Free">How many of them are free and promised to nobody. A slot is free when nothing of its run is alive.</param>
    /// <param name="Waiting">How many goals wait for a slot there.</param>
    /// <param name="IsDraining">Whether it takes no more work.</param>
    /// <param name="Life">Tells a node from one that had the same name before it; 0 for a node alone.</param>
    public sealed record Offered(string Node, IReadOnlyList<BackendOffer> Backends, int Slots, int Free, int Waiting, bool IsDraining, long Life = 0) : INodeEvent;
}

/// <param name="Backend">A prover that the node has.</param>
/// <param name="Language">What it can be raced on there.</param>
/// <param name="Version">The prover's own word; null where it was not asked yet, or cannot tell.</param>
public sealed record BackendOffer(BackendName Backend, GoalLanguage Language, string? Version);
