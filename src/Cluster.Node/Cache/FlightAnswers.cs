using ProverCluster.Messages;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>The answers that no race gives.</summary>
internal static class FlightAnswers
{
    /// <summary>The story of a goal that is answered without a process.</summary>
    /// <param name="rider">The goal.</param>
    /// <param name="hit">What is known.</param>
    /// <param name="now">By the flight's clock.</param>
    public static IEnumerable<IGoalEvent> Cached(Rider rider, CacheHit hit, TimeSpan now)
    {
        var (goal, at, from) = (rider.Goal, Since(rider, now), hit.Provenance);
        var winner = new RunId(goal.Id, 0, from.Backend, Attempt: 1);
        yield return new GoalEvents.Accepted(goal.Id, 0, []);
        yield return new GoalEvents.Decided(goal.Id, hit.Verdict, from.Szs, winner, at);
        yield return new GoalEvents.Settled(
            goal.Id, new GoalAnswer(goal.Id, goal.Name, hit.Verdict, from.Szs, winner, at, at, null, [], null, new AnswerOrigin(IsCached: true, from)));
    }

    /// <summary>The end of a goal that hears no more of a race that goes on for others: with each run as it is now, and ended for this goal.</summary>
    /// <param name="rider">The goal.</param>
    /// <param name="race">The race; null if there was none yet.</param>
    /// <param name="stop">Why.</param>
    /// <param name="now">By the flight's clock.</param>
    public static GoalEvents.Settled Cut(Rider rider, FlightRace? race, RunStop stop, TimeSpan now)
    {
        var (goal, at) = (rider.Goal, Since(rider, now));
        var rows = race is null ? [] : Rows(rider, race, stop, at).ToArray();
        var isWithdrawn = stop.Reason == StopReason.Withdrawn;
        var reason = isWithdrawn || rows.Length == 0 ? stop.Cause : RaceWords.Summary(rows);
        return new GoalEvents.Settled(goal.Id, new GoalAnswer(
            goal.Id, goal.Name, isWithdrawn ? Verdict.Withdrawn : Verdict.Unknown, null, null, null, at, WordLimits.Cut(reason, WordLimits.Reason), rows, null,
            race is null || race.IsOf(rider) ? null : new AnswerOrigin(IsCached: false, null)));
    }

    private static IEnumerable<RunRow> Rows(Rider rider, FlightRace race, RunStop stop, TimeSpan at)
    {
        var told = race.Events.Select(each => Retold.For(rider, race, each, null)).ToArray();
        var ended = told.OfType<GoalEvents.RunEnded>().Select(each => each.Row).ToArray();
        var open = told.OfType<GoalEvents.RunStarted>().Where(started => ended.All(row => row.Run != started.Run)).ToArray();
        var waiting = told.OfType<GoalEvents.Accepted>().SelectMany(accepted => accepted.Planned.Select(backend => new RunId(rider.Goal.Id, accepted.Incarnation, backend, Attempt: 1)))
            .Where(run => ended.All(row => row.Run != run) && open.All(started => started.Run.Backend != run.Backend));
        return ended
            .Concat(open.Select(started => Row(started.Run, started.Node, started.At, stop, at)))
            .Concat(waiting.Select(run => Row(run, null, null, stop, at)));
    }

    private static RunRow Row(RunId run, string? node, TimeSpan? started, RunStop stop, TimeSpan at)
    {
        var outcome = stop.Reason == StopReason.Withdrawn ? RunOutcome.Withdrawn : RunOutcome.TimedOut;
        var code = stop.Reason == StopReason.Withdrawn ? RunCodes.Preempted : RunCodes.TimedOut;
        return new RunRow(run, null, node, outcome, code, SzsStatus.Unknown, stop.Cause, new RunRowTimes(null, started, null, at, null, null, null), RunUsage.None, stop);
    }

    private static TimeSpan Since(Rider rider, TimeSpan now) => now > rider.AcceptedAt ? now - rider.AcceptedAt : TimeSpan.Zero;
}
