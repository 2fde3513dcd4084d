namespace ProverCluster.Node.Backends;

/// <summary>Which backends a goal is raced on, in this order.</summary>
/// <param name="Backends">Each once; those that are not installed included, if anybody would miss them.</param>
/// <param name="Rejection">Why the goal cannot be raced at all, in one sentence, or null.</param>
public sealed record BackendPlan(IReadOnlyList<PlannedBackend> Backends, string? Rejection);

/// <param name="Backend">The entry for the goal's language.</param>
/// <param name="Path">The program, absolute and with its links resolved; null if it is not installed here.</param>
/// <param name="IsAvailable">Whether anybody who may be asked to run it has it.</param>
public sealed record PlannedBackend(Backend Backend, string? Path, bool IsAvailable)
{
    public PlannedBackend(Backend backend, string? path)
        : this(backend, path, path is not null)
    {
    }
}
