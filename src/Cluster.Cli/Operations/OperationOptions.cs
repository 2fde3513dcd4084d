namespace ProverCluster.Cli.Operations;

/// <summary>What can be asked of the cluster itself, or done to it.</summary>
internal enum Operation
{
    Members,
    Shards,
    Runs,
    Tree,
    Leave,
    Down,
}

/// <summary>One call of <c>./prove cluster</c>.</summary>
internal sealed record OperationOptions
{
    public required Operation Operation { get; init; }

    /// <summary>Nodes, as <c>host:port</c>; for the tree, where it begins.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whom to ask; empty for whoever is usual.</summary>
    public IReadOnlyList<string> Cluster { get; init; } = [];

    public string? TokenFile { get; init; }

    /// <summary>Whose tree; null for the node that is asked.</summary>
    public string? Node { get; init; }

    public int? Depth { get; init; }

    public int? Limit { get; init; }

    public bool IsJson { get; init; }
}
