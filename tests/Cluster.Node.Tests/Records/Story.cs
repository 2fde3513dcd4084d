using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Records;
using ProverCluster.Node.Tests.Goals;

namespace ProverCluster.Node.Tests.Records;

/// <summary>What happens to a goal's record, in the words of its specs.</summary>
internal static class Story
{
    public static readonly Goal Goal = RaceScript.Goal(Strategy.Speculative);

    public static readonly Interest Alice = new Interest.Standing("alice");
    public static readonly Interest Waiter = new Interest.Waiting("waiter");
    public static readonly Caller ByAlice = new("alice", IsAdmin: false);

    public static readonly GoalEvents.Accepted Accepted = new(Goal.Id, 7, [BackendName.Parse("z3")]);
    public static readonly GoalEvents.RunStarted Started = new(Goal.Id, RaceScript.Run("z3"), "node", TimeSpan.Zero);
    public static readonly GoalEvents.Decided Decided = new(Goal.Id, Verdict.Proved, SzsStatus.Unsatisfiable, RaceScript.Run("z3"), TimeSpan.Zero);
    public static readonly GoalEvents.RunEnded Ended = EndOf("z3");

    public static GoalEvents.RunEnded EndOf(string backend) => new(
        Goal.Id,
        new RunRow(RaceScript.Run(backend), null, null, RunOutcome.Won, 0, SzsStatus.Unsatisfiable, null, new RunRowTimes(null, null, null, null, null, null, null), RunUsage.None, null));

    public static GoalEvents.Settled Settled(Verdict verdict = Verdict.Proved, ProverOutput? output = null) => new(
        Goal.Id, new GoalAnswer(Goal.Id, Goal.Name, verdict, null, RaceScript.Run("z3"), null, TimeSpan.Zero, null, [Ended.Row], output));

    /// <summary>A record for somebody's sake, and all that happened to it since; what was to be kept was kept.</summary>
    public static GoalRecord Of(Interest interest, params object[] happenings) =>
        happenings.Aggregate(GoalRecord.Accept(Goal, "alice", 1, interest).Record, (record, happening) => After(record, happening).Record);

    /// <summary>What becomes of a record by a happening, and by the keeping of its answer if that is what it wants.</summary>
    public static RecordStep After(GoalRecord record, object happening)
    {
        var step = record.On(Happening(happening));
        return step.Effects is [RecordEffect.Keep keep] ? step.Record.On(new RecordHappening.Kept(keep.Answer)) : step;
    }

    public static RecordHappening Happening(object happening) => happening as RecordHappening ?? new RecordHappening.Told((IGoalEvent)happening);
}
