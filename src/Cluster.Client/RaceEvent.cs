using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client;

/// <summary>
/// Told of a race, in this order: accepted, any number of runs, decided (unless nobody decides), settled. Each is told once, whatever becomes of
/// connections; only if the cluster itself has lost the goal does its story begin anew. Times count from the goal's acceptance.
/// </summary>
public abstract record RaceEvent
{
    private RaceEvent(GoalId goal) => Goal = goal;

    /// <summary>Which goal.</summary>
    public GoalId Goal { get; }

    /// <summary>The cluster has the goal.</summary>
    /// <param name="Goal">Which goal.</param>
    /// <param name="Planned">Whom it is raced with.</param>
    public sealed record Accepted(GoalId Goal, IReadOnlyList<BackendName> Planned) : RaceEvent(Goal);

    /// <summary>A prover was started.</summary>
    /// <param name="Goal">Which goal.</param>
    /// <param name="Run">Which run; its <see cref="RunId.Backend"/> is the prover.</param>
    /// <param name="Node">Where.</param>
    /// <param name="At">When.</param>
    public sealed record RunStarted(GoalId Goal, RunId Run, string Node, TimeSpan At) : RaceEvent(Goal);

    /// <summary>The first decisive verdict is in; the losers are being ended.</summary>
    /// <param name="Goal">Which goal.</param>
    /// <param name="Verdict">What is now known.</param>
    /// <param name="Szs">The status behind it.</param>
    /// <param name="Winner">Who said so.</param>
    /// <param name="At">When.</param>
    public sealed record Decided(GoalId Goal, Verdict Verdict, SzsStatus Szs, BackendName Winner, TimeSpan At) : RaceEvent(Goal);

    /// <summary>A run has ended, and nothing of it is alive.</summary>
    /// <param name="Goal">Which goal.</param>
    /// <param name="Row">Its line in the table.</param>
    public sealed record RunEnded(GoalId Goal, RunRow Row) : RaceEvent(Goal);

    /// <summary>Every run has ended. Of a goal whose answer was there already this is all that is told.</summary>
    /// <param name="Goal">Which goal.</param>
    /// <param name="Result">What came of it.</param>
    public sealed record Settled(GoalId Goal, ProveResult Result) : RaceEvent(Goal);

    /// <summary>From what a coordinator tells; null for what is not of its race, and for the end of it, which comes as <see cref="Settled"/>.</summary>
    public static RaceEvent? Of(IGoalEvent? what) => what switch
    {
        GoalEvents.Accepted accepted => new Accepted(accepted.Id, accepted.Planned),
        GoalEvents.RunStarted started => new RunStarted(started.Id, started.Run, started.Node, started.At),
        GoalEvents.Decided decided => new Decided(decided.Id, decided.Verdict, decided.Szs, decided.Winner.Backend, decided.At),
        GoalEvents.RunEnded ended => new RunEnded(ended.Id, ended.Row),
        _ => null,
    };
}
