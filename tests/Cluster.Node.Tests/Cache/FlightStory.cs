using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>What happens to a flight, in the words of its specs. Times are in seconds.</summary>
internal static class FlightStory
{
    public const long BeganAt = 1_700_000_000_000;

    public static readonly BackendName Z3 = BackendName.Parse("z3");
    public static readonly BackendName Cvc5 = BackendName.Parse("cvc5");

    public static readonly FlightName Name = FlightName.Of(VerdictKey.Of(EvenTexts.Goal, EvenTexts.Read(GoalLanguage.SmtLib2, "(check-sat)\n")), EvenTexts.Goal);

    public static readonly VerdictProvenance From = new(Z3, "4.8.12", null, "node", SzsStatus.Unsatisfiable, null, 0, [Cvc5], 1_000, 2_000, Seconds(0.5), Seconds(0.25));

    public static readonly CacheHit Hit = new(Verdict.Proved, From);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A goal of that id, text and deadline.</summary>
    public static Goal Goal(string id, double timeout = 10, string text = "text", int memory = 100) => EvenTexts.Goal with
    {
        Id = GoalId.Parse(id),
        Name = id + ".smt2",
        Text = new TextDigest(text, 1),
        Limits = new GoalLimits(Seconds(timeout), null, null, memory, 100),
    };

    public static FlightHappening.Boarded Board(Goal goal, double? left = null) => new(goal, "at-" + goal.Id, left is { } rest ? Seconds(rest) : goal.Limits.Timeout);

    public static FlightHappening.Departed Depart(string id, bool isGone = false) => new(GoalId.Parse(id), "given up", isGone);

    public static FlightHappening.DeadlinePassed Deadline(string id) => new(GoalId.Parse(id));

    public static RunId Run(string goal, BackendName backend) => new(GoalId.Parse(goal), 7, backend, 1);

    public static GoalEvents.Accepted Accepted(string goal) => new(GoalId.Parse(goal), 7, [Z3, Cvc5]);

    public static GoalEvents.RunStarted Started(string goal, double at) => new(GoalId.Parse(goal), Run(goal, Z3), "node", Seconds(at));

    public static GoalEvents.Decided Decided(string goal, double at) => new(GoalId.Parse(goal), Verdict.Proved, SzsStatus.Unsatisfiable, Run(goal, Z3), Seconds(at));

    /// <summary>The end of the race of that goal, at that time of its own clock.</summary>
    public static GoalEvents.Settled Settled(string goal, Verdict verdict, double at, RunOutcome cvc5 = RunOutcome.Preempted)
    {
        var isDecisive = verdict.IsDecisive() || cvc5 == RunOutcome.Disagreed;
        return new GoalEvents.Settled(GoalId.Parse(goal), new GoalAnswer(
            GoalId.Parse(goal), goal + ".smt2", verdict, verdict.IsDecisive() ? SzsStatus.Unsatisfiable : null, verdict.IsDecisive() ? Run(goal, Z3) : null,
            isDecisive ? Seconds(at - 0.1) : null, Seconds(at), verdict.IsDecisive() ? null : "why",
            [Row(goal, Z3, isDecisive ? RunOutcome.Won : RunOutcome.TimedOut, at), Row(goal, Cvc5, cvc5, at)], null));
    }

    public static RunRow Row(string goal, BackendName backend, RunOutcome outcome, double at) => new(
        Run(goal, backend), "4.8.12", "node", outcome, 0, SzsStatus.Unsatisfiable, null,
        new RunRowTimes(Seconds(0), Seconds(0.1), null, null, null, Seconds(at), Seconds(at)), new RunUsage(Seconds(0.25), 1 << 20), null);

    public static FlightHappening.Told Told(int race, IGoalEvent told) => new(race, told);

    public static FlightHappening.LookedUp Nothing { get; } = new(Hit: null);
}
