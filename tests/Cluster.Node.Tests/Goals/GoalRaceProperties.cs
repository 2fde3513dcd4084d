using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>No schedule of reports, losses, withdrawals and deadlines breaks a race.</summary>
public sealed class GoalRaceProperties
{
    private static readonly string[] Names = ["z3", "cvc5", "cvc4", "yices", "vampire"];
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60);

    [Fact]
    public void Every_schedule_should_end_with_a_table_that_adds_up() => Check(script =>
    {
        var answer = script.Answer;
        Assert.Equal(script.Race.Plan.Runs.Select(run => run.Backend), answer.Runs.Select(row => row.Run.Backend));
        Assert.True(answer.Runs.Count(row => row.Outcome == RunOutcome.Won) <= 1);
        Assert.Equal(script.Race.Winner is not null, answer.Runs.Any(row => row.Outcome == RunOutcome.Won));
    });

    [Fact]
    public void A_decisive_answer_should_have_a_winner_and_nobody_who_disagrees() => Check(script =>
    {
        var answer = script.Answer;
        if (answer.Verdict.IsDecisive())
            Assert.Equal(RunOutcome.Won, answer.Runs.Single(row => row.Run == answer.Winner).Outcome);
        Assert.Equal(answer.Runs.Any(row => row.Outcome == RunOutcome.Disagreed), answer.Reason?.StartsWith("contradiction", StringComparison.Ordinal) == true);
    });

    [Fact]
    public void Every_run_should_be_asked_for_at_most_once_and_none_after_the_decision() => Check(script =>
    {
        Assert.Equal(script.Starts.Count(), script.Starts.Select(start => start.Run).Distinct().Count());
        Assert.Equal(script.Preempts.Count(), script.Preempts.Select(preempt => preempt.Run).Distinct().Count());
        var messages = script.Effects.ToList();
        var decided = messages.FindIndex(effect => effect is RaceEffect.Announce { Message: GoalEvents.Decided });
        Assert.DoesNotContain(messages.Skip(decided < 0 ? messages.Count : decided), effect => effect is RaceEffect.Command { Message: RunCommands.Start });
    });

    [Fact]
    public void Events_should_come_once_and_in_order() => Check(script =>
    {
        var told = script.Effects.OfType<RaceEffect.Announce>().Select(effect => effect.Message).ToArray();
        Assert.IsType<GoalEvents.Accepted>(told[0]);
        Assert.IsType<GoalEvents.Settled>(told[^1]);
        Assert.Single(told.OfType<GoalEvents.Settled>());
        Assert.True(told.OfType<GoalEvents.Decided>().Count() <= 1);
        Assert.Equal(script.Answer.Runs.Select(row => row.Run).ToHashSet(), told.OfType<GoalEvents.RunEnded>().Select(ended => ended.Row.Run).ToHashSet());
        Assert.Equal(script.Answer.Runs.Count, told.OfType<GoalEvents.RunEnded>().Count());
    });

    private static void Check(Action<RaceScript> property)
    {
        var schedules =
            from strategy in Gen.Elements(Strategy.Speculative, Strategy.Sequential, Strategy.BestOf)
            from missing in Gen.Choose(0, 31)
            from count in Gen.Choose(0, Names.Length)
            from moves in Gen.ListOf(Gen.Choose(0, int.MaxValue - 1))
            select (strategy, missing, count, moves: moves.ToArray());
        Prop.ForAll(schedules.ToArbitrary(), schedule => property(Play(schedule.strategy, schedule.missing, schedule.count, schedule.moves))).Check(Quietly);
    }

    /// <summary>Plays arbitrary moves, then lets every run that was asked for end, as the node promises.</summary>
    private static RaceScript Play(Strategy strategy, int missing, int count, int[] moves)
    {
        var planned = Names.Take(count).Select((name, index) => new PlannedRun(BackendName.Parse(name), (missing >> index & 1) == 1 ? $"{name} is missing" : null));
        var script = new RaceScript(strategy, [.. planned]);
        foreach (var move in moves)
            script.At(script.Now.TotalMilliseconds + (move % 7)).Happens(Move(move));

        for (var round = 0; round < Names.Length; round++)
        {
            foreach (var start in script.Starts.ToArray())
                script.Told(new RunEvents.Ended(start.Run, "node", null, RaceScript.Says(Verdict.Unknown)));
        }

        return script;
    }

    private static RaceHappening Move(int move)
    {
        var pick = new Random(move);
        var run = pick.Next(10) == 0
            ? RaceScript.Run(Names[pick.Next(Names.Length)], incarnation: 6)
            : RaceScript.Run(Names[pick.Next(Names.Length)]);
        Verdict[] verdicts = [Verdict.Proved, Verdict.Refuted, Verdict.Unknown, Verdict.Rejected];
        return pick.Next(20) switch
        {
            0 => new RaceHappening.DeadlinePassed(),
            1 => new RaceHappening.Withdrawn("enough"),
            2 => new RaceHappening.RunLost(run, "its node is gone"),
            < 7 => new RaceHappening.Told(new RunEvents.Started(run, "node", TimeSpan.Zero)),
            < 12 => new RaceHappening.Told(RaceScript.Conclusion(run, verdicts[pick.Next(4)])),
            < 15 => new RaceHappening.Told(new RunEvents.Ended(run, "node", "1", RaceScript.Stopped((StopReason)pick.Next(6)))),
            < 17 => new RaceHappening.Told(new RunEvents.Ended(run, "node", "1", RaceScript.NotStarted((NoStart)pick.Next(4)))),
            _ => new RaceHappening.Told(new RunEvents.Ended(run, "node", "1", RaceScript.Says(verdicts[pick.Next(3)]))),
        };
    }
}
