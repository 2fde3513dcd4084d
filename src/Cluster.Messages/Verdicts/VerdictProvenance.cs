using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Verdicts;

/// <summary>Where a decisive verdict comes from, for whoever is given it later: who found it, with what, and what it stands on.</summary>
/// <param name="Backend">Whose verdict it is.</param>
/// <param name="Version">The prover's own word, or null if it was never asked.</param>
/// <param name="Arguments">What it was called with; null where that is not known.</param>
/// <param name="Node">Where it ran.</param>
/// <param name="Szs">What it said.</param>
/// <param name="Line">The line that says so; null where that is not known.</param>
/// <param name="Code">Its exit value, or the run code: a prover that has said its verdict may have been ended by us.</param>
/// <param name="Agreed">Who else said the same in that race.</param>
/// <param name="AcceptedAt">When the goal was accepted that was raced for, in milliseconds of Unix time.</param>
/// <param name="SettledAt">When the last run of that race had ended, in milliseconds of Unix time.</param>
/// <param name="Decided">How long after its acceptance the verdict was in.</param>
/// <param name="Cpu">The processor time of the run; null where it was never sampled.</param>
public sealed record VerdictProvenance(
    BackendName Backend,
    string? Version,
    IReadOnlyList<string>? Arguments,
    string? Node,
    SzsStatus Szs,
    string? Line,
    int Code,
    IReadOnlyList<BackendName> Agreed,
    long AcceptedAt,
    long SettledAt,
    TimeSpan Decided,
    TimeSpan? Cpu);
