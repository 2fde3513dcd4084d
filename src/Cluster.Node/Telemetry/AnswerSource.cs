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

    /// <summary>No race: the text is malformed, the goal was given up before it was raced, or no race could be had.</summary>
    None,
}

internal static class AnswerSources
{
    public static string Word(this AnswerSource source) => source switch
    {
        AnswerSource.Race => "race",
        AnswerSource.Shared => "shared",
        AnswerSource.Cache => "cache",
        AnswerSource.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source"),
    };
}
