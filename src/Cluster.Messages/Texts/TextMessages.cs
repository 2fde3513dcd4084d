using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Texts;

/// <summary>Between nodes, of texts that are too long for a message: goals, and long models, cores and proofs.</summary>
public interface ITextMessage : IProtocolMessage
{
    TextDigest Text { get; }
}

public static class TextCommands
{
    /// <summary>Send the bytes from here, as many as one piece holds. Answered with <see cref="TextEvents"/>.</summary>
    public sealed record Read(TextDigest Text, long Offset) : ITextMessage;

    /// <summary>The output of this run has arrived: it need not be kept any longer for its sake.</summary>
    public sealed record Drop(TextDigest Text, RunId Run) : ITextMessage;
}

public static class TextEvents
{
    /// <summary>The longest piece: small enough that a heartbeat never waits long behind it, and well below what a frame may hold.</summary>
    public const int MostBytes = 48 << 10;

    public sealed record Piece(TextDigest Text, long Offset, ReadOnlyMemory<byte> Bytes) : ITextMessage;

    /// <summary>The node does not have the text, or no longer.</summary>
    public sealed record Missing(TextDigest Text) : ITextMessage;
}
