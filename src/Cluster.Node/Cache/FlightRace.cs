using System.Collections.Immutable;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Cache;

/// <summary>The race of a flight, which is that of one of its goals.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Goal">Whose race it is, with its id, its deadline and its limits.</param>
/// <param name="TextOf">Whose text it has.</param>
/// <param name="Source">The address of the node that has the text.</param>
/// <param name="AcceptedAt">When that goal's clock began, by the flight's.</param>
/// <param name="Had">How much time it had when it began.</param>
internal sealed record FlightRace(int Number, Goal Goal, GoalId TextOf, string Source, TimeSpan AcceptedAt, TimeSpan Had)
{
    /// <summary>A tenth more time is no other chance: those who come at once are to be answered at once.</summary>
    private const double Slack = 1.1;

    /// <summary>What was told of it.</summary>
    public ImmutableArray<IGoalEvent> Events { get; init; } = [];

    public bool IsWithdrawn { get; init; }

    public bool IsDecided => Events.Any(told => told is GoalEvents.Decided);

    public bool IsOf(GoalId goal) => Goal.Id == goal;

    /// <summary>
    /// Whether this race, having found nothing, was as good for that goal as one of its own would have been: as much time as it could have had, and no
    /// cap tighter than its own. One that was over before its time was up did not end for want of time.
    /// </summary>
    public bool IsAsGoodFor(Rider rider, GoalAnswer answer) =>
        (rider.Had <= Had * Slack || answer.Settled < Goal.Limits.Timeout)
        && IsWider(Goal.Limits.RunTimeout, rider.Goal.Limits.RunTimeout)
        && IsWider(Goal.Limits.RunCpu, rider.Goal.Limits.RunCpu)
        && Goal.Limits.MemoryBytes >= rider.Goal.Limits.MemoryBytes
        && Goal.Limits.OutputBytes >= rider.Goal.Limits.OutputBytes;

    private static bool IsWider(TimeSpan? cap, TimeSpan? other) => cap is null || cap >= other;
}
