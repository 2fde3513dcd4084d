namespace ProverCluster.Messages.Runs;

/// <summary>What a run was to its race, one word for each row of the table.</summary>
public enum RunOutcome
{
    /// <summary>The first decisive verdict was its.</summary>
    Won,

    /// <summary>It was decisive later and said the same.</summary>
    Agreed,

    /// <summary>It was decisive later and said the opposite.</summary>
    Disagreed,

    /// <summary>Stopped, or never started, because the race was decided.</summary>
    Preempted,

    TimedOut,
    MemoryOut,
    OutputTooLarge,

    /// <summary>It ended by itself and decided nothing.</summary>
    GaveUp,

    /// <summary>It crashed, ended with a value its entry does not accept, or printed what voids its verdict.</summary>
    Error,

    /// <summary>The prover is not installed.</summary>
    Unavailable,

    /// <summary>The client gave the goal up.</summary>
    Withdrawn,

    /// <summary>Its node was lost, or takes no more work.</summary>
    Lost,
}

public static class RunOutcomes
{
    /// <summary>The word in JSON and in the table: the name in camel case.</summary>
    public static string Word(this RunOutcome outcome)
    {
        var name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
