using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;
using static ProverCluster.Node.Tests.Goals.RaceScript;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>Where the runs of a race are: sought, refused, placed, lost with their node, and handed over.</summary>
public sealed class GoalRacePlacementSpec
{
    [Fact]
    public void A_loser_that_no_node_has_should_be_preempted_at_once_and_never_placed()
    {
        var script = new RaceScript(Strategy.Speculative, Planned("z3", "cvc5"), hasSlots: false).FindsSlot("z3").At(5).Ends("z3", Says(Verdict.Proved));

        var row = script.Row("cvc5");
        Assert.Equal((RunOutcome.Preempted, RunCodes.Preempted, (string?)null), (row.Outcome, row.Code, row.Node));
        Assert.Equal("z3 proved the goal", row.Stop?.Cause);
        script.FindsSlot("cvc5");
        Assert.Single(script.Starts);
    }

    [Fact]
    public void A_run_that_its_node_refuses_should_seek_another_slot()
    {
        var script = new RaceScript(Strategy.Speculative, Planned("z3"), hasSlots: false).FindsSlot("z3", "a");
        script.Told(new RunEvents.Refused(Run("z3"), "a", Refusal.Full));
        Assert.Equal(2, script.Sought.Count());

        script.At(40).FindsSlot("z3").Started("z3").At(50).Ends("z3", Says(Verdict.Proved));
        Assert.Equal(("node", "1.0"), (script.Row("z3").Node, script.Row("z3").Version));
        Assert.Equal(40, script.Row("z3").Times.Started!.Value.TotalMilliseconds);
    }

    [Fact]
    public void What_another_node_than_the_one_a_run_was_placed_on_tells_of_it_should_change_nothing()
    {
        var script = new RaceScript(Strategy.Speculative, "z3").Started("z3");
        script.Told(new RunEvents.Ended(Run("z3"), "elsewhere", "1.0", Says(Verdict.Unknown)));

        Assert.Equal((false, 1), (script.Race.IsSettled, script.Race.Dropped));
    }

    [Fact]
    public void A_refusal_that_comes_after_the_start_was_told_should_change_nothing()
    {
        var script = new RaceScript(Strategy.Speculative, "z3").Started("z3").Told(new RunEvents.Refused(Run("z3"), "node", Refusal.Full));

        Assert.Single(script.Sought);
        Assert.Equal(1, script.Race.Dropped);
    }

    [Fact]
    public void A_refused_run_of_a_decided_race_should_have_ended()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").Ends("z3", Says(Verdict.Proved)).Told(new RunEvents.Refused(Run("cvc5"), "node", Refusal.Full));

        Assert.Equal(RunOutcome.Preempted, script.Row("cvc5").Outcome);
    }

    [Fact]
    public void A_run_that_no_node_takes_should_be_an_error_that_says_so()
    {
        var script = new RaceScript(Strategy.Speculative, Planned("z3"), hasSlots: false).Happens(new RaceHappening.Unplaceable(Run("z3"), "the queue of node a is full"));

        Assert.Equal((RunOutcome.Error, "the queue of node a is full"), (script.Row("z3").Outcome, script.Row("z3").Detail));
    }

    [Fact]
    public void A_lost_run_should_be_placed_again_once_and_its_late_report_change_nothing()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").Happens(new RaceHappening.NodeLost("node", "node node was lost"));
        Assert.Equal([Run("z3"), Run("cvc5"), Run("z3", attempt: 2), Run("cvc5", attempt: 2)], script.Starts.Select(start => start.Run));

        script.Ends("z3", Says(Verdict.Refuted)).Ends("cvc5", Says(Verdict.Proved), attempt: 2).Ends("z3", Stopped(StopReason.Preempted), attempt: 2);
        Assert.Equal((Verdict.Proved, 1), (script.Answer.Verdict, script.Race.Dropped));
        Assert.Equal([RunOutcome.Lost, RunOutcome.Preempted, RunOutcome.Lost, RunOutcome.Won], script.Answer.Runs.Select(row => row.Outcome));
    }

    [Fact]
    public void A_run_that_is_lost_twice_should_not_be_placed_a_third_time()
    {
        var script = new RaceScript(Strategy.Speculative, "z3");
        script.Happens(new RaceHappening.NodeLost("node", "a")).Happens(new RaceHappening.NodeLost("node", "b"));

        Assert.Equal([RunOutcome.Lost, RunOutcome.Lost], script.Answer.Runs.Select(row => row.Outcome));
        Assert.Equal("z3 lost: a; z3 lost: b", script.Answer.Reason);
    }

    [Fact]
    public void A_run_should_be_placed_again_as_often_as_its_node_is_drained_and_still_once_if_one_is_lost()
    {
        var script = new RaceScript(Strategy.Speculative, "z3");
        script.Ends("z3", Stopped(StopReason.Drained)).Ends("z3", Stopped(StopReason.Drained), attempt: 2).Ends("z3", Stopped(StopReason.Drained), attempt: 3);
        script.Happens(new RaceHappening.NodeLost("node", "gone")).Ends("z3", Stopped(StopReason.Drained), attempt: 5);
        Assert.Equal(6, script.Starts.Count());

        script.Happens(new RaceHappening.NodeLost("node", "gone"));
        Assert.All(script.Answer.Runs, row => Assert.Equal(RunOutcome.Lost, row.Outcome));
    }

    [Theory]
    [InlineData(StopReason.Drained, 2)]
    [InlineData(StopReason.MemoryOut, 1)]
    public void Only_a_fault_that_is_not_the_provers_should_place_a_run_again(StopReason stop, int starts)
    {
        var script = new RaceScript(Strategy.Speculative, "z3").Ends("z3", Stopped(stop));

        Assert.Equal(starts, script.Starts.Count());
    }

    [Fact]
    public void What_is_lost_after_the_decision_should_stay_lost()
    {
        var script = new RaceScript(Strategy.Speculative, "z3", "cvc5").Concludes("z3", Verdict.Proved).Happens(new RaceHappening.NodeLost("node", "gone"));

        Assert.Equal(2, script.Starts.Count());
        Assert.Equal((Verdict.Proved, RunOutcome.Won, RunOutcome.Lost), (script.Answer.Verdict, script.Row("z3").Outcome, script.Row("cvc5").Outcome));
    }

    [Fact]
    public void A_lost_run_of_a_sequential_race_should_be_the_next_to_be_tried()
    {
        var script = new RaceScript(Strategy.Sequential, "z3", "cvc5").Happens(new RaceHappening.NodeLost("node", "gone"));

        Assert.Equal([Run("z3"), Run("z3", attempt: 2)], script.Starts.Select(start => start.Run));
    }

    [Fact]
    public void A_race_that_is_handed_over_should_go_on_as_it_would_have()
    {
        var script = new RaceScript(Strategy.Speculative, Planned("z3", "cvc5", "cvc4"), hasSlots: false).FindsSlot("z3").At(3).Started("z3").FindsSlot("cvc5").At(5);
        var restored = GoalRace.Restore(script.Race.State(script.Now)).Race;
        RaceHappening[] rest = [new RaceHappening.Told(Conclusion(Run("z3"), Verdict.Proved)), new RaceHappening.Told(new RunEvents.Ended(Run("z3"), "node", "1", Says(Verdict.Proved))), new RaceHappening.Told(new RunEvents.Ended(Run("cvc5"), "node", "1", Stopped(StopReason.Preempted)))];

        var here = rest.Aggregate(script.Race, (race, what) => race.On(what, TimeSpan.FromSeconds(1)).Race);
        var there = rest.Aggregate(restored, (race, what) => race.On(what, TimeSpan.FromSeconds(1)).Race);
        Assert.Equal(here.Answer!.Runs.Select(row => (row.Run, row.Outcome, row.Node)), there.Answer!.Runs.Select(row => (row.Run, row.Outcome, row.Node)));
        Assert.Equal((here.Answer.Verdict, here.Answer.Winner), (there.Answer.Verdict, there.Answer.Winner));
    }

    private static PlannedRun[] Planned(params string[] backends) => [.. backends.Select(name => new PlannedRun(BackendName.Parse(name)))];
}
