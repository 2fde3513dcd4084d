namespace ProverCluster.Node.Backends;

/// <summary>How an entry says that output is to be read: a closed set.</summary>
public abstract record BackendReading
{
    private BackendReading()
    {
    }

    public sealed record SmtLib2 : BackendReading;

    public sealed record Szs : BackendReading;

    public sealed record Dimacs : BackendReading;

    /// <summary>A line of standard output that matches says so; null where the prover never says it.</summary>
    public sealed record Patterns(string? Proved, string? Refuted) : BackendReading;
}
