using ProverCluster.Messages.Goals;

namespace ProverCluster.Node.Telemetry;

/// <summary>Where a goal's verdict comes from.</summary>
internal enum AnswerSource
{
    /// <summary>A race of its own.</summary>
    Race,

    /// <summary>That of another goal that asked the same at the same time.</summary>
    Shared,

    /// <summary>An earlier race.</summary>
    Cache,

    /// <summary>No race: the text is malformed, or no race could be had.</summary>
    None,
}

internal static class AnswerSources
{
    /// <summary>Of an answer that a race has given, whosever that was.</summary>
    public static AnswerSource Of(GoalAnswer answer) => answer.Origin switch
    {
        null => AnswerSource.Race,
        { IsCached: true } => AnswerSource.Cache,
        _ => AnswerSource.Shared,
    };

    public static string Word(this AnswerSource source) => source switch
    {
        AnswerSource.Race => "race",
        AnswerSource.Shared => "shared",
        AnswerSource.Cache => "cache",
        AnswerSource.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source"),
    };
}
