namespace ProverCluster.Messages.Verdicts;

/// <summary>What is now known of a goal.</summary>
public enum Verdict
{
    /// <summary>Nothing decisive was said, or two provers contradict each other.</summary>
    Unknown,

    /// <summary>The goal holds: a theorem, or unsatisfiable where the goal is unsatisfiability.</summary>
    Proved,

    /// <summary>The goal does not hold: there is a counter-model or a model.</summary>
    Refuted,

    /// <summary>The text is no goal.</summary>
    Rejected,

    /// <summary>The client gave the goal up before it was decided.</summary>
    Withdrawn,
}

public static class Verdicts
{
    /// <summary>True of the two verdicts that settle a goal for good.</summary>
    public static bool IsDecisive(this Verdict verdict) => verdict is Verdict.Proved or Verdict.Refuted;

    /// <summary>The word in JSON and on the terminal.</summary>
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Proved => "proved",
        Verdict.Refuted => "refuted",
        Verdict.Unknown => "unknown",
        Verdict.Rejected => "rejected",
        Verdict.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "no such verdict"),
    };
}
