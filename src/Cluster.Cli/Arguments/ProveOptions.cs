using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Arguments;

/// <summary>What one call asks for. Null where the configuration decides.</summary>
internal sealed record ProveOptions
{
    public required IReadOnlyList<string> Goals { get; init; }

    public GoalLanguage? Language { get; init; }

    public Strategy Strategy { get; init; }

    public IReadOnlyList<BackendName> Backends { get; init; } = [];

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? RunTimeout { get; init; }

    public long? MemoryBytes { get; init; }

    public int? Parallel { get; init; }

    public int? Slots { get; init; }

    public int? Priority { get; init; }

    public int Nodes { get; init; } = 1;

    public OutputKind Output { get; init; }

    public bool ShowRuns { get; init; }

    public bool ShowOutput { get; init; }

    public IReadOnlyList<string> ConfigFiles { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

internal enum OutputKind
{
    /// <summary>A line for each goal, for people.</summary>
    Human,

    /// <summary>A JSON object for each goal.</summary>
    Json,

    /// <summary>What a prover would print.</summary>
    Solver,
}
