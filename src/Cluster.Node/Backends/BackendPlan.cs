namespace ProverCluster.Node.Backends;

/// <summary>Which backends a goal is raced on, in this order.</summary>
/// <param name="Backends">Each once; those that are not installed included, if anybody would miss them.</param>
/// <param name="Rejection">Why the goal cannot be raced at all, in one sentence, or null.</param>
public sealed record BackendPlan(IReadOnlyList<PlannedBackend> Backends, string? Rejection);

/// <param name="Backend">The entry for the goal's language.</param>
/// <param name="Path">The program, absolute and with its links resolved; null if it is not installed.</param>
public sealed record PlannedBackend(Backend Backend, string? Path)
{
    public bool IsAvailable => Path is not null;
}
