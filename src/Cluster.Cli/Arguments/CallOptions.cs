using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Arguments;

/// <summary>What one call asks for. Null where the configuration decides.</summary>
internal sealed record CallOptions
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

    public bool NoCache { get; init; }

    public IReadOnlyList<string> ConfigFiles { get; init; } = [];

    /// <summary>The running cluster to send the goals to; empty for nodes in this process.</summary>
    public IReadOnlyList<string> Cluster { get; init; } = [];

    public string? TokenFile { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What each goal is proved with.</summary>
    /// <param name="withdrawGrace">How long a goal that is given up may take to answer.</param>
    public ProveOptions OfEachGoal(TimeSpan withdrawGrace) => new()
    {
        Timeout = Timeout,
        RunTimeout = RunTimeout,
        Memory = MemoryBytes,
        Strategy = Strategy,
        Priority = Priority,
        Backends = [.. Backends.Select(name => name.Value)],
        Labels = Labels,
        ShowOutput = ShowOutput,
        NoCache = NoCache,
        WithdrawGrace = withdrawGrace,
    };
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
