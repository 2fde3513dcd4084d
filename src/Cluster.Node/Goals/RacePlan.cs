using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Goals;

/// <summary>Which backends a race is planned with, in order.</summary>
/// <param name="Goal">What is raced for.</param>
/// <param name="Incarnation">Which life of the coordinator plans it.</param>
/// <param name="Runs">One entry for each run; no backend twice.</param>
/// <param name="NobodyCan">What to tell the client if none of them can run: what was looked for and how to install it.</param>
internal sealed record RacePlan(Goal Goal, long Incarnation, IReadOnlyList<PlannedRun> Runs, string? NobodyCan = null)
{
    public GoalEvents.Accepted Accepted => new(Goal.Id, Incarnation, [.. Runs.Select(run => run.Backend)]);

    public static RacePlan Of(RaceState state) => new(
        state.Goal,
        state.Incarnation,
        [.. state.Runs.Where(run => run.Id.Attempt == 1).Select(run => new PlannedRun(run.Id.Backend))],
        state.NobodyCan);
}

/// <param name="Backend">Which prover.</param>
/// <param name="Missing">Null if it can run; else what was looked for.</param>
internal sealed record PlannedRun(BackendName Backend, string? Missing = null);
