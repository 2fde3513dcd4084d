namespace ProverCluster.Messages.Nodes;

/// <summary>What an operator asks of one node. Every node answers, and whoever asks waits for a moment only: a node of another version may not know the question.</summary>
public interface INodeQuestion : IProtocolMessage;

public static class NodeQuestions
{
    /// <summary>What it is. Answered with <see cref="NodeAnswers.Described"/>.</summary>
    public sealed record Describe : INodeQuestion;

    /// <summary>What it runs. Answered with <see cref="NodeAnswers.Runs"/>.</summary>
    public sealed record Runs : INodeQuestion;

    /// <summary>Which shards it has. Answered with <see cref="NodeAnswers.Shards"/>.</summary>
    public sealed record Shards : INodeQuestion;

    /// <summary>Who lives there. Answered with <see cref="NodeAnswers.Actors"/>.</summary>
    /// <param name="Path">The actor that the tree begins with: <c>/user/agent</c>.</param>
    /// <param name="Depth">How many generations below it.</param>
    /// <param name="Limit">How many actors at most, those nearest to it.</param>
    public sealed record Actors(string Path, int Depth, int Limit) : INodeQuestion;

    /// <summary>Drain and leave the cluster, as if the node's process were told to end. Answered with <see cref="NodeAnswers.Leaving"/> before.</summary>
    public sealed record Leave : INodeQuestion;
}
