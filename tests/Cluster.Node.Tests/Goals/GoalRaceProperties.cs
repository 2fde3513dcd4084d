using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
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
        Assert.Equal(script.Race.Plan.Runs.Select(run => run.Backend), answer.Runs.Where(row => row.Run.Attempt == 1).Select(row => row.Run.Backend));
        Assert.Equal(answer.Runs.Count, answer.Runs.Select(row => row.Run).Distinct().Count());
        // Whoever stands there a second time was lost the first time.
        Assert.All(answer.Runs.Where(row => row.Run.Attempt > 1), row => Assert.Equal(RunOutcome.Lost, answer.Runs.Single(first => first.Run == row.Run with { Attempt = 1 }).Outcome));
        Assert.True(answer.Runs.Count(row => row.Outcome == RunOutcome.Won) <= 1);
        Assert.Equal(script.Race.Winner is not null, answer.Runs.Any(row => row.Outcome == RunOutcome.Won));
    });

    [Fact]
    public void A_foreign_duplicated_or_too_late_report_should_change_nothing_but_the_count_of_dropped_ones() => Check((before, move, after) =>
    {
        if (move is not RaceHappening.Told { Event: var told })
            return;
        var isOurs = before.Runs.Any(run => run.Id == told.Run && run is { HasEnded: false, Node: not null });
        var isNew = told switch
        {
            RunEvents.Started => isOurs && !before.Runs.First(run => run.Id == told.Run).IsStarted,
            RunEvents.Concluded concluded => isOurs && concluded.Verdict.IsDecisive() && before.Runs.First(run => run.Id == told.Run).Conclusion is null,
            RunEvents.Refused => isOurs && before.Runs.First(run => run.Id == told.Run) is { IsStarted: false, Conclusion: null },
            _ => isOurs,
        };
        if (isNew)
            Assert.Equal(before.Dropped, after.Race.Dropped);
        else
            Assert.True(after.Effects.IsEmpty && after.Race.Dropped == before.Dropped + 1 && after.Race.Runs.SequenceEqual(before.Runs) && ReferenceEquals(after.Race.Answer, before.Answer));
    });

    [Fact]
    public void The_first_decisive_report_should_win_and_nobody_after_it() => Check((before, _, after) =>
    {
        if (before.Winner is not null)
            Assert.Equal((before.Winner, before.Decided), (after.Race.Winner, after.Race.Decided));
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
        var refused = script.Moves.OfType<RaceHappening.Told>().Select(told => told.Event).OfType<RunEvents.Refused>().Select(told => told.Run).ToHashSet();
        Assert.All(script.Starts.GroupBy(start => start.Run), starts => Assert.True(starts.Count() == 1 || refused.Contains(starts.Key)));
        Assert.Equal(script.Preempts.Count(), script.Preempts.Select(preempt => preempt.Run).Distinct().Count());
        var messages = script.Effects.ToList();
        var decided = messages.FindIndex(effect => effect is RaceEffect.Announce { Message: GoalEvents.Decided });
        Assert.DoesNotContain(messages.Skip(decided < 0 ? messages.Count : decided), effect => effect is RaceEffect.Command { Message: RunCommands.Start } or RaceEffect.Seek);
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

    [Fact]
    public void Whoever_comes_late_should_hear_what_the_others_have_heard() => Check((before, _, after) =>
        Assert.Equal(
            before.Story().Skip(1).Concat(after.Effects.OfType<RaceEffect.Announce>().Select(effect => effect.Message)).ToHashSet(),
            after.Race.Story().Skip(1).ToHashSet()));

    private static void Check(Action<RaceScript> property) => Check(schedule => property(Play(schedule, (_, _, _) => { })));

    /// <summary>Looks at every single move: the race before it, the move, and the step.</summary>
    private static void Check(Action<GoalRace, RaceHappening, RaceStep> property) => Check(schedule => { Play(schedule, property); });

    private static void Check(Action<Schedule> check)
    {
        var schedules =
            from strategy in Gen.Elements(Strategy.Speculative, Strategy.Sequential, Strategy.BestOf)
            from missing in Gen.Choose(0, 31)
            from count in Gen.Choose(0, Names.Length)
            from moves in Gen.ListOf(Gen.Choose(0, int.MaxValue - 1))
            select new Schedule(strategy, missing, count, [.. moves]);
        Prop.ForAll(schedules.ToArbitrary(), check).Check(Quietly);
    }

    /// <summary>Plays arbitrary moves, some of them twice, then lets every run that was asked for end, as the node promises.</summary>
    private static RaceScript Play(Schedule schedule, Action<GoalRace, RaceHappening, RaceStep> watch)
    {
        var planned = Names.Take(schedule.Count).Select((name, index) => new PlannedRun(BackendName.Parse(name), (schedule.Missing >> index & 1) == 1 ? $"{name} is missing" : null));
        var script = new RaceScript(schedule.Strategy, [.. planned]);
        foreach (var move in schedule.Moves)
        {
            script.HasSlots = move % 5 != 0;
            for (var times = move % 11 == 0 ? 2 : 1; times > 0; times--)
            {
                var happening = Move(move);
                script.At(script.Now.TotalMilliseconds + (move % 7));
                watch(script.Race, happening, script.Race.On(happening, script.Now));
                script.Happens(happening);
            }
        }

        script.HasSlots = true;
        for (var round = 0; round < 2 * Names.Length && !script.Race.IsSettled; round++)
        {
            foreach (var run in script.Race.Runs.Where(run => run.IsSeeking).ToArray())
                script.Happens(new RaceHappening.Placed(run.Id, "node", null, null, ""));
            foreach (var run in script.Race.Runs.Where(run => run is { HasEnded: false, Node: not null }).ToArray())
                script.Told(new RunEvents.Ended(run.Id, "node", null, RaceScript.Says(Verdict.Unknown)));
        }

        return script;
    }

    private static RaceHappening Move(int move)
    {
        var pick = new Random(move);
        var name = Names[pick.Next(Names.Length)];
        var run = pick.Next(20) switch
        {
            0 => RaceScript.Run(name, incarnation: 6),
            1 => RaceScript.Run(name, incarnation: 8),
            2 => RaceScript.Run(name) with { Goal = GoalId.Parse("other") },
            < 7 => RaceScript.Run(name, attempt: 2),
            _ => RaceScript.Run(name),
        };
        Verdict[] verdicts = [Verdict.Proved, Verdict.Refuted, Verdict.Unknown, Verdict.Rejected];
        return pick.Next(24) switch
        {
            0 => new RaceHappening.DeadlinePassed(),
            1 => new RaceHappening.Withdrawn("enough"),
            2 => new RaceHappening.NodeLost("node", "its node is gone"),
            20 => new RaceHappening.Unplaceable(run, "every queue is full"),
            21 => new RaceHappening.Placed(run, "node", "1", null, ""),
            > 21 => new RaceHappening.Told(new RunEvents.Refused(run, "node", (Refusal)pick.Next(2))),
            < 7 => new RaceHappening.Told(new RunEvents.Started(run, "node", TimeSpan.Zero)),
            < 12 => new RaceHappening.Told(RaceScript.Conclusion(run, verdicts[pick.Next(4)])),
            < 15 => new RaceHappening.Told(new RunEvents.Ended(run, "node", "1", RaceScript.Stopped((StopReason)pick.Next(6)))),
            < 17 => new RaceHappening.Told(new RunEvents.Ended(run, "node", "1", RaceScript.NotStarted((NoStart)pick.Next(4)))),
            _ => new RaceHappening.Told(new RunEvents.Ended(run, "node", "1", RaceScript.Says(verdicts[pick.Next(3)]))),
        };
    }

    private sealed record Schedule(Strategy Strategy, int Missing, int Count, int[] Moves);
}
