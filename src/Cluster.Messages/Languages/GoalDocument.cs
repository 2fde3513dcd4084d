namespace ProverCluster.Messages.Languages;

/// <summary>A goal's text that its reader found well formed: what provers are given is made from this.</summary>
/// <param name="Text">The bytes as they came, TPTP includes inlined.</param>
public abstract record GoalDocument(ReadOnlyMemory<byte> Text)
{
    public abstract GoalLanguage Language { get; }
}

/// <summary>Why a text is no goal, in one sentence; with the place where that is known.</summary>
/// <param name="Reason">For a person; never quotes more than 100 characters of the text.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, in bytes, or null.</param>
public sealed record GoalRejection(string Reason, int? Line = null, int? Column = null)
{
    public override string ToString() => Line is null ? Reason : $"line {Line}, column {Column}: {Reason}";
}
