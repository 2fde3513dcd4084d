using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Cli.Questions;

/// <summary>What can be asked of a running cluster.</summary>
internal enum Question
{
    Status,
    Watch,
    Withdraw,
    Backends,
    Cache,
}

/// <summary>One question.</summary>
internal sealed record QuestionOptions
{
    public required Question Question { get; init; }

    /// <summary>Which goals; empty for all that there are.</summary>
    public IReadOnlyList<GoalId> Goals { get; init; } = [];

    /// <summary>Whom to ask; empty for whoever is usual.</summary>
    public IReadOnlyList<string> Cluster { get; init; } = [];

    public string? TokenFile { get; init; }

    /// <summary>Of <see cref="Question.Cache"/>: whether it is emptied, and not shown.</summary>
    public bool Clears { get; init; }

    public GoalState? State { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public bool ShowRuns { get; init; }

    public bool IsJson { get; init; }
}
