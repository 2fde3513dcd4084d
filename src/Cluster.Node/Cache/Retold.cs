using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Cache;

/// <summary>
/// What is told of one goal's race to another goal that shares it: under that one's own id, which nobody else is to learn, and by its own clock. What happened before it came
/// stands at its beginning.
/// </summary>
/// <param name="goal">To whom.</param>
/// <param name="shift">How much later than the race's goal this one was accepted.</param>
internal sealed class Retold(Goal goal, TimeSpan shift)
{
    public static IGoalEvent For(Rider rider, FlightRace race, IGoalEvent told, VerdictProvenance? provenance) =>
        race.IsOf(rider) ? told : new Retold(rider.Goal, rider.AcceptedAt - race.AcceptedAt).Of(told, provenance);

    private IGoalEvent Of(IGoalEvent told, VerdictProvenance? provenance) => told switch
    {
        GoalEvents.Accepted accepted => accepted with { Id = goal.Id },
        GoalEvents.RunStarted started => started with { Id = goal.Id, Run = Of(started.Run), At = Of(started.At) },
        GoalEvents.Decided decided => decided with { Id = goal.Id, Winner = Of(decided.Winner), At = Of(decided.At) },
        GoalEvents.RunEnded ended => ended with { Id = goal.Id, Row = Of(ended.Row) },
        GoalEvents.Settled settled => new GoalEvents.Settled(goal.Id, Of(settled.Answer) with { Origin = new AnswerOrigin(IsCached: false, provenance) }),
        _ => throw new ArgumentOutOfRangeException(nameof(told), told, "no such event in a race"),
    };

    private GoalAnswer Of(GoalAnswer answer) => answer with
    {
        Id = goal.Id,
        Name = goal.Name,
        Winner = answer.Winner is { } winner ? Of(winner) : null,
        Decided = Of(answer.Decided),
        Settled = Of(answer.Settled),
        Runs = [.. answer.Runs.Select(Of)],
    };

    private RunRow Of(RunRow row) => row with
    {
        Run = Of(row.Run),
        Times = new RunRowTimes(
            Of(row.Times.Queued), Of(row.Times.Started), Of(row.Times.Verdict), Of(row.Times.StopRequested), Of(row.Times.Killed), Of(row.Times.Ended), Of(row.Times.Reaped)),
    };

    private RunId Of(RunId run) => run with { Goal = goal.Id };

    private TimeSpan Of(TimeSpan at) => at > shift ? at - shift : TimeSpan.Zero;

    private TimeSpan? Of(TimeSpan? at) => at is { } moment ? Of(moment) : null;
}
