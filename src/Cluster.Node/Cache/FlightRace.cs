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

    /// <summary>A goal that boards again, after a move, says by when it wants its answer as exactly as that.</summary>
    private static readonly TimeSpan SameClock = TimeSpan.FromSeconds(1);

    /// <summary>What was told of it.</summary>
    public ImmutableArray<IGoalEvent> Events { get; init; } = [];

    public bool IsWithdrawn { get; init; }

    /// <summary>Whether another life of its flight had begun it: its coordinator may be on its way as well.</summary>
    public bool IsHandedOver { get; init; }

    public bool IsDecided => Events.Any(told => told is GoalEvents.Decided);

    /// <summary>Whether it is the race of that very boarding: who was let go and comes again has a deadline of its own, which this race does not.</summary>
    public bool IsOf(Rider rider) => Goal.Id == rider.Goal.Id && (AcceptedAt - rider.AcceptedAt).Duration() < SameClock;

    /// <summary>
    /// Whether this race, having found nothing, was as good for that goal as one of its own would be now: it was over before its time was up, or its provers had as much time
    /// as they could have had, or there is next to none left. Time in a queue is no chance.
    /// </summary>
    public bool IsAsGoodFor(Rider rider, GoalAnswer answer, TimeSpan now) =>
        answer.Settled < Goal.Limits.Timeout
        || rider.Had <= Ran(answer) * Slack
        || rider.Deadline - now <= rider.Had * (Slack - 1);

    private static TimeSpan Ran(GoalAnswer answer) => answer.Runs
        .Select(run => run.Times is { Started: { } started, Ended: { } ended } ? ended - started : TimeSpan.Zero)
        .DefaultIfEmpty()
        .Max();
}
