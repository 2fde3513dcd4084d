using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;
using static ProverCluster.Node.Tests.Goals.RaceScript;

namespace ProverCluster.Node.Tests.Goals;

public sealed class GoalRaceSpec
{
    [Fact]
    public void A_speculative_race_should_ask_for_every_run_at_once()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5");

        Assert.Equal(["z3", "cvc5"], script.Starts.Select(start => start.Run.Backend.Value));
        Assert.All(script.Starts, start => Assert.Equal(RaceScript.Timeout, start.Limits.Deadline));
    }

    [Theory]
    [InlineData(Verdict.Proved)]
    [InlineData(Verdict.Refuted)]
    public void The_first_decisive_verdict_should_win_and_preempt_the_others(Verdict verdict)
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").At(12).Concludes("z3", verdict);

        var preempt = Assert.Single(script.Preempts);
        Assert.Equal(("cvc5", StopReason.Preempted), (preempt.Run.Backend.Value, preempt.Stop.Reason));
        Assert.Equal($"z3 {verdict.Word()} the goal", preempt.Stop.Cause);
        Assert.False(script.Race.IsSettled);

        script.At(14).Ends("z3", Says(verdict)).Ends("cvc5", Stopped(StopReason.Preempted));
        Assert.Equal((verdict, "z3"), (script.Answer.Verdict, script.Answer.Winner?.Backend.Value));
        Assert.Equal((RunOutcome.Won, RunOutcome.Preempted), (script.Row("z3").Outcome, script.Row("cvc5").Outcome));
        Assert.Equal(RunCodes.Preempted, script.Row("cvc5").Code);
        Assert.Equal((12.0, 14.0), (script.Answer.Decided!.Value.TotalMilliseconds, script.Answer.Settled.TotalMilliseconds));
    }

    [Fact]
    public void A_loser_that_says_the_same_before_its_kill_should_have_agreed()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5")
            .Concludes("z3", Verdict.Proved).Concludes("cvc5", Verdict.Proved)
            .Ends("z3", Says(Verdict.Proved)).Ends("cvc5", Says(Verdict.Proved));

        Assert.Equal(Verdict.Proved, script.Answer.Verdict);
        Assert.Equal(RunOutcome.Agreed, script.Row("cvc5").Outcome);
    }

    [Fact]
    public void A_loser_that_says_the_opposite_should_make_the_verdict_unknown_and_name_the_contradiction()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5")
            .Concludes("z3", Verdict.Proved).Concludes("cvc5", Verdict.Refuted)
            .Ends("cvc5", Says(Verdict.Refuted)).Ends("z3", Says(Verdict.Proved));

        Assert.Equal(Verdict.Unknown, script.Answer.Verdict);
        Assert.Equal("contradiction: z3 proved the goal, cvc5 refuted it", script.Answer.Reason);
        Assert.Equal((RunOutcome.Won, RunOutcome.Disagreed), (script.Row("z3").Outcome, script.Row("cvc5").Outcome));
        Assert.Null(script.Answer.Winner);
    }

    [Fact]
    public void A_verdict_that_we_may_have_cut_short_should_not_count()
    {
        var cut = Report(new RunEnd.Signalled(9), new RunStop(StopReason.TimedOut, "deadline"), new RunSaying(Verdict.Proved, SzsStatus.Unsatisfiable));
        var script = new RaceScript(Strategy.Speculative, "z3").Ends("z3", cut);

        Assert.Equal((Verdict.Unknown, RunOutcome.TimedOut), (script.Answer.Verdict, script.Row("z3").Outcome));
    }

    [Fact]
    public void A_report_of_another_race_or_incarnation_should_change_nothing()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5");
        var foreign = new RunId(GoalId.Parse("other"), 7, BackendName.Parse("z3"), 1);
        script.Told(Conclusion(foreign, Verdict.Proved)).Told(Conclusion(Run("z3", incarnation: 6), Verdict.Refuted));

        Assert.Null(script.Race.Winner);
        Assert.Equal(2, script.Race.Dropped);
    }

    [Fact]
    public void Nothing_should_change_a_settled_race()
    {
        var script = new RaceScript(Strategy.Speculative, "z3").Ends("z3", Says(Verdict.Proved));
        var settled = script.Answer;
        var effects = script.Effects.Count;

        script.Concludes("z3", Verdict.Refuted).Ends("z3", Says(Verdict.Refuted))
            .Happens(new RaceHappening.DeadlinePassed()).Happens(new RaceHappening.Withdrawn("late"));

        Assert.Same(settled, script.Answer);
        Assert.Equal(effects, script.Effects.Count);
    }

    [Fact]
    public void A_sequential_race_should_try_one_after_the_other_and_share_what_is_left_evenly()
    {
        var script = new RaceScript(Strategy.Sequential, "z3", "cvc5", "cvc4");
        Assert.Equal(RaceScript.Timeout / 3, Assert.Single(script.Starts).Limits.Wall);

        script.At(4_000).Ends("z3", Says(Verdict.Unknown));
        Assert.Equal(TimeSpan.FromSeconds(3), script.Starts.Last().Limits.Wall);
        Assert.Equal(TimeSpan.FromSeconds(6), script.Starts.Last().Limits.Deadline);

        script.At(5_000).Ends("cvc5", Says(Verdict.Proved));
        Assert.Equal(2, script.Starts.Count());
        Assert.Equal((Verdict.Proved, RunOutcome.GaveUp, RunOutcome.Won), (script.Answer.Verdict, script.Row("z3").Outcome, script.Row("cvc5").Outcome));
        Assert.Equal(RunOutcome.Preempted, script.Row("cvc4").Outcome);
        Assert.Null(script.Row("cvc4").Times.Started);
    }

    [Fact]
    public void The_last_run_of_a_sequential_race_should_have_all_that_is_left()
    {
        var script = new RaceScript(Strategy.Sequential, "z3", "cvc5").At(2_000).Ends("z3", Says(Verdict.Unknown));

        Assert.Null(script.Starts.Last().Limits.Wall);
        Assert.Equal(TimeSpan.FromSeconds(8), script.Starts.Last().Limits.Deadline);
    }

    [Fact]
    public void A_cap_per_run_should_bound_the_share()
    {
        var planned = new[] { "z3", "cvc5" }.Select(name => new PlannedRun(BackendName.Parse(name))).ToArray();
        var script = new RaceScript(Strategy.Sequential, planned, runTimeout: TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), script.Starts.Single().Limits.Wall);
    }

    [Fact]
    public void A_best_of_race_should_wait_for_all_and_answer_with_the_fastest_decisive_one()
    {
        var script = new RaceScript(Strategy.BestOf, "z3", "cvc5", "cvc4");
        script.Told(Conclusion(Run("cvc5"), Verdict.Proved) with { At = TimeSpan.FromMilliseconds(30) });
        script.Told(Conclusion(Run("z3"), Verdict.Proved) with { At = TimeSpan.FromMilliseconds(20) });
        Assert.Empty(script.Preempts);

        script.Ends("z3", Says(Verdict.Proved)).Ends("cvc5", Says(Verdict.Proved));
        Assert.Null(script.Race.Decided);

        script.At(90).Ends("cvc4", Says(Verdict.Unknown));
        Assert.Equal(("z3", 90.0), (script.Answer.Winner?.Backend.Value, script.Answer.Decided!.Value.TotalMilliseconds));
        Assert.Equal((RunOutcome.Won, RunOutcome.Agreed, RunOutcome.GaveUp), (script.Row("z3").Outcome, script.Row("cvc5").Outcome, script.Row("cvc4").Outcome));
    }

    [Fact]
    public void The_deadline_should_stop_every_run_as_timed_out()
    {
        var script = new RaceScript(Strategy.Sequential, "z3", "cvc5").At(10_000).Happens(new RaceHappening.DeadlinePassed());
        Assert.Equal(StopReason.TimedOut, Assert.Single(script.Preempts).Stop.Reason);

        script.At(10_012).Ends("z3", Stopped(StopReason.TimedOut));
        Assert.Equal(Verdict.Unknown, script.Answer.Verdict);
        Assert.Equal((RunOutcome.TimedOut, RunCodes.TimedOut), (script.Row("z3").Outcome, script.Row("z3").Code));
        Assert.Equal(RunOutcome.TimedOut, script.Row("cvc5").Outcome);
        Assert.Equal("z3 timed out: because; cvc5 timed out: the goal's deadline", script.Answer.Reason);
    }

    [Fact]
    public void A_withdrawn_goal_should_stop_every_run_and_answer_withdrawn()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").Happens(new RaceHappening.Withdrawn("interrupted"));
        Assert.All(script.Preempts, preempt => Assert.Equal(StopReason.Withdrawn, preempt.Stop.Reason));

        script.Ends("z3", Stopped(StopReason.Withdrawn)).Ends("cvc5", NotStarted(NoStart.Stopped));
        Assert.Equal((Verdict.Withdrawn, "interrupted"), (script.Answer.Verdict, script.Answer.Reason));
        Assert.All(script.Answer.Runs, row => Assert.Equal(RunOutcome.Withdrawn, row.Outcome));
    }

    [Fact]
    public void A_goal_should_be_rejected_if_every_run_that_ended_by_itself_calls_it_malformed()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").Ends("z3", Malformed("unknown sort Foo")).Ends("cvc5", Malformed("Foo?"));

        Assert.Equal(Verdict.Rejected, script.Answer.Verdict);
        Assert.Equal("z3 calls it malformed: unknown sort Foo; cvc5 calls it malformed: Foo?", script.Answer.Reason);
    }

    [Fact]
    public void A_goal_that_only_some_call_malformed_should_be_unknown_and_quote_them()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").Ends("z3", Malformed("unknown sort Foo")).Ends("cvc5", Says(Verdict.Unknown));

        Assert.Equal(Verdict.Unknown, script.Answer.Verdict);
        Assert.Contains("unknown sort Foo", script.Answer.Reason);
    }

    [Fact]
    public void A_goal_that_a_prover_worked_on_until_its_deadline_should_not_be_rejected()
    {
        var script = new RaceScript(Strategy.Speculative, "eprover", "spass").Ends("spass", Malformed("syntax error at thf")).Ends("eprover", Stopped(StopReason.TimedOut));

        Assert.Equal(Verdict.Unknown, script.Answer.Verdict);
        Assert.Contains("syntax error at thf", script.Answer.Reason);
    }

    [Fact]
    public void A_missing_prover_should_be_unavailable_and_the_others_race_on()
    {
        var script = new RaceScript(Strategy.Speculative, [new PlannedRun(BackendName.Parse("z3"), "z3 is not on PATH"), new PlannedRun(BackendName.Parse("cvc5"))]);
        script.Ends("cvc5", Says(Verdict.Proved));

        Assert.Equal(Verdict.Proved, script.Answer.Verdict);
        Assert.Equal((RunOutcome.Unavailable, RunCodes.Unavailable), (script.Row("z3").Outcome, script.Row("z3").Code));
    }

    [Fact]
    public void A_goal_for_which_no_prover_is_available_should_be_rejected_with_what_to_install()
    {
        var script = new RaceScript(Strategy.Speculative, [new PlannedRun(BackendName.Parse("z3"), "z3 is not on PATH: apt-get install z3")]);

        Assert.Equal(Verdict.Rejected, script.Answer.Verdict);
        Assert.Contains("apt-get install z3", script.Answer.Reason);
    }

    public static TheoryData<RunReport, RunOutcome, int> Ends => new()
    {
        { Says(Verdict.Unknown), RunOutcome.GaveUp, 0 },
        { Says(Verdict.Unknown, exit: 3), RunOutcome.GaveUp, 3 },
        { Report(new RunEnd.Signalled(11), null, RunSaying.Nothing), RunOutcome.Error, RunCodes.ProcessError },
        { Report(new RunEnd.Exited(134), null, RunSaying.Nothing with { Fault = "exit 134" }), RunOutcome.Error, 134 },
        { Stopped(StopReason.MemoryOut), RunOutcome.MemoryOut, RunCodes.ProcessError },
        { Stopped(StopReason.OutputTooLarge), RunOutcome.OutputTooLarge, RunCodes.ProcessError },
        { Stopped(StopReason.TimedOut), RunOutcome.TimedOut, RunCodes.TimedOut },
        { Stopped(StopReason.Drained), RunOutcome.Lost, RunCodes.Preempted },
        { NotStarted(NoStart.Failed), RunOutcome.Error, RunCodes.ProcessError },
        { NotStarted(NoStart.Unavailable), RunOutcome.Unavailable, RunCodes.Unavailable },
        { NotStarted(NoStart.InputNotWritten), RunOutcome.Error, RunCodes.InputNotWritten },
        { Report(new RunEnd.Lost("gone"), null, RunSaying.Nothing), RunOutcome.Lost, RunCodes.ProcessError },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Every_kind_of_end_should_have_its_word_and_code(RunReport report, RunOutcome outcome, int code)
    {
        var script = new RaceScript(Strategy.Speculative, "z3").Ends("z3", report);
        if (!script.Race.IsSettled)
            script.Ends("z3", Says(Verdict.Unknown), attempt: 2);

        Assert.Equal((outcome, code), (script.Row("z3").Outcome, script.Row("z3").Code));
    }
}
