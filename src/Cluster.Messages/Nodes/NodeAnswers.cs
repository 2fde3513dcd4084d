namespace ProverCluster.Messages.Nodes;

/// <summary>What a node says of itself when an operator asks.</summary>
public interface INodeAnswer : IProtocolMessage
{
    /// <summary>The node's name.</summary>
    string Node { get; }
}

public static class NodeAnswers
{
    /// <param name="Node">The node.</param>
    /// <param name="Version">Of this program.</param>
    /// <param name="Runtime">Of its actors.</param>
    /// <param name="Age">Since it was started.</param>
    public sealed record Described(string Node, string Version, string Runtime, TimeSpan Age) : INodeAnswer;

    /// <param name="Node">The node.</param>
    /// <param name="Running">Its runs, the longest first.</param>
    public sealed record Runs(string Node, IReadOnlyList<RunView> Running) : INodeAnswer;

    /// <param name="Node">The node.</param>
    /// <param name="Here">The shards that live there.</param>
    public sealed record Shards(string Node, IReadOnlyList<ShardView> Here) : INodeAnswer;

    /// <param name="Node">The node.</param>
    /// <param name="Alive">The actors, each before its children; nobody where the path leads to nobody.</param>
    /// <param name="IsTruncated">Whether there are more than were asked for.</param>
    public sealed record Actors(string Node, IReadOnlyList<ActorView> Alive, bool IsTruncated) : INodeAnswer;

    /// <summary>It begins to drain.</summary>
    public sealed record Leaving(string Node) : INodeAnswer;
}
