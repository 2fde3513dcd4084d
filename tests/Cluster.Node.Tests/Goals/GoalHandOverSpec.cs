using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>A race that goes on in another life of its coordinator.</summary>
public sealed class GoalHandOverSpec : CoordinatorSpec
{
    [Fact]
    public void A_coordinator_that_hears_of_a_later_one_should_give_way_without_a_word()
    {
        var goals = Submit();
        ExpectMsg<GoalEvents.Accepted>();
        Watch(LastSender);
        goals.Tell(new RunEvents.Refused(_agent.ExpectMsg<RunCommands.Start>().Run, "here", Refusal.Superseded), _agent);

        ExpectMsg<Terminated>();
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void What_a_coordinator_still_hears_after_it_gave_way_should_not_be_counted_since_the_later_one_counts_it()
    {
        using var metrics = new NodeMetrics();
        using var reading = new MetricsReading(metrics);
        var coordinator = Sys.ActorOf(GoalCoordinatorActor.Props(Tools() with { Metrics = metrics }));
        Submit(coordinator);
        ExpectMsg<GoalEvents.Accepted>();
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        coordinator.Tell(new RunEvents.Refused(run, "here", Refusal.Superseded), _agent);
        coordinator.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        FishForMessage(told => told is GoalEvents.Settled);

        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} 0\n", reading.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("prover_cluster_runs_total{", reading.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_race_that_is_handed_over_should_go_on_with_its_runs_and_its_deadline()
    {
        var coordinator = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        coordinator.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "text", RaceScript.Timeout, 0));
        ExpectMsg<GoalEvents.Accepted>();
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        _clock.Advance(TimeSpan.FromSeconds(2));
        coordinator.Tell(HandOver.Instance);
        ExpectMsg<GoalEvents.Moving>();
        var resume = _goals.ExpectMsg<GoalCommands.Resume>();

        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(resume);
        // It learns whom to watch.
        Assert.Equal(7, _agent.ExpectMsg<SlotCommands.Claim>().Incarnation);
        next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "text", RaceScript.Timeout, 7));
        ExpectMsg<GoalEvents.Accepted>();
        // Its node may have heard nothing of it.
        var again = _agent.ExpectMsg<RunCommands.Start>();
        Assert.Equal((run, TimeSpan.FromSeconds(8), "text"), (again.Run, again.Limits.Deadline, again.Source));
        next.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);
        Assert.Equal(run, ExpectMsg<GoalEvents.RunStarted>().Run);
    }

    [Fact]
    public void Whoever_asks_for_a_race_that_was_settled_meanwhile_should_hear_its_whole_story_and_it_be_counted_then()
    {
        using var metrics = new NodeMetrics();
        using var reading = new MetricsReading(metrics);
        var next = HandedOver(Tools() with { Metrics = metrics }, out var run);
        next.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);
        next.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        _agent.FishForMessage<RunCommands.Heard>(_ => true);
        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} 0\n", reading.Text(), StringComparison.Ordinal);
        Submit(next, after: 7);
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(run, ExpectMsg<GoalEvents.RunStarted>().Run);
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Decided>().Verdict);
        Assert.Equal(RunOutcome.Won, ExpectMsg<GoalEvents.RunEnded>().Row.Outcome);
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} 1\n", reading.Text(), StringComparison.Ordinal);
    }

    /// <summary>It was held up on its way for so long that the goal was raced anew, and answered.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_race_that_nobody_asks_for_since_it_was_handed_over_should_begin_nothing_and_end_without_a_word(int deadline)
    {
        using var metrics = new NodeMetrics();
        using var reading = new MetricsReading(metrics);
        var goals = Sys.ActorOf(GoalsActor.Props(Tools() with { Metrics = metrics }));
        HandedOver(goals, TimeSpan.FromSeconds(deadline), out var run);
        _agent.ExpectMsg<SlotCommands.Claim>();
        // A node that leaves has its run placed elsewhere, if anybody wants it.
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Stopped(StopReason.Drained)), _agent);
        _agent.ExpectMsg<RunCommands.Heard>();
        Watch(_agent.LastSender);
        for (var upkeep = 0; upkeep < GoalCoordinatorActor.MostUpkeepsAlone; upkeep++)
            Pass(GoalCoordinatorActor.UpkeepPeriod);

        ExpectMsg<Terminated>();
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"unknown\"} 0\n", reading.Text(), StringComparison.Ordinal);
        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"withdrawn\"} 0\n", reading.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_at_work_for_a_race_that_nobody_asks_for_since_it_was_handed_over_should_be_ended()
    {
        HandedOver(Sys.ActorOf(GoalsActor.Props(Tools())), RaceScript.Timeout * 10, out var run);
        _agent.ExpectMsg<SlotCommands.Claim>();
        Watch(_agent.LastSender);
        for (var upkeep = 1; upkeep < GoalCoordinatorActor.MostUpkeepsAlone; upkeep++)
            Pass(GoalCoordinatorActor.UpkeepPeriod);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.UpkeepPeriod);

        Assert.Equal((run, Strays.Stop), _agent.ExpectMsg<RunCommands.Preempt>() is var preempt ? (preempt.Run, preempt.Stop) : default);
        // It is no withdrawal, whose end would be waited for.
        ExpectMsg<Terminated>();
    }

    /// <summary>Else whoever is there now would count it, or nobody.</summary>
    [Fact]
    public void What_is_settled_before_anybody_has_asked_should_be_counted_when_it_is_handed_on()
    {
        using var metrics = new NodeMetrics();
        using var reading = new MetricsReading(metrics);
        var next = HandedOver(Tools() with { Metrics = metrics }, out var run);
        next.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        next.Tell(HandOver.Instance);

        var last = Sys.ActorOf(GoalCoordinatorActor.Props(Tools() with { Metrics = metrics }));
        last.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        Submit(last, after: 7);
        FishForMessage<GoalEvents.Settled>(_ => true);
        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} 1\n", reading.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 8)]
    [InlineData(false, 9)]
    public void A_race_that_is_older_than_what_is_handed_over_or_asked_for_should_give_way(bool hasCome, long life)
    {
        var later = new RacePlan(RaceScript.Goal(Strategy.Speculative), 8, [new PlannedRun(BackendName.Parse("z3"))]);
        var goals = Sys.ActorOf(GoalsActor.Props(Tools() with { Plan = (goal, after) => later with { Incarnation = after + 1 } }));
        HandedOver(goals, RaceScript.Timeout, out _);
        if (hasCome)
            goals.Tell(new GoalCommands.Resume(GoalRace.Begin(later).Race.State(TimeSpan.Zero), ""));
        Submit(goals, after: 8);
        goals.Tell(new GoalCommands.Withdraw(Goal, "not wanted any more"), TestActor);

        Assert.Equal(life, ExpectMsg<GoalEvents.Accepted>().Incarnation);
        // That goes with it.
        Assert.Equal(life, _agent.FishForMessage<RunCommands.Preempt>(preempt => preempt.Stop.Reason == StopReason.Withdrawn).Run.Incarnation);
    }

    [Fact]
    public void A_race_that_came_to_an_older_one_should_not_be_lost_when_that_moves()
    {
        var older = HandedOver(Tools(), out _);
        var later = GoalRace.Begin(new RacePlan(RaceScript.Goal(Strategy.Speculative), 8, [])).Race.State(TimeSpan.Zero);
        older.Tell(new GoalCommands.Resume(later, ""));
        older.Tell(HandOver.Instance);

        Assert.Equal(8, _goals.ExpectMsg<GoalCommands.Resume>().Race.Incarnation);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_run_that_had_no_slot_when_its_race_was_handed_over_should_have_one_when_somebody_asks()
    {
        Offer("here", free: 0, _agent);
        var moved = Submit(Sys.ActorOf(GoalCoordinatorActor.Props(Tools())));
        _agent.ExpectMsg<SlotCommands.Want>();
        moved.Tell(HandOver.Instance);
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        next.Tell(new SlotEvents.Granted(Goal, 7, "here", 3, null), _agent);
        Assert.Null(_agent.ExpectMsg<SlotCommands.Pass>().Rank);
        Offer("here", free: 2, _agent);

        Submit(next, after: 7);
        _agent.FishForMessage<RunCommands.Start>(_ => true);
    }

    [Fact]
    public void A_race_that_was_handed_over_and_is_settled_should_be_kept_until_those_who_wait_have_asked()
    {
        var goals = HandedOver(Sys.ActorOf(GoalsActor.Props(Tools())), RaceScript.Timeout, out var run);
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        _agent.FishForMessage<RunCommands.Heard>(_ => true);
        var next = Watch(_agent.LastSender);
        for (var upkeep = 1; upkeep < GoalCoordinatorActor.MostUpkeepsAlone; upkeep++)
            Pass(GoalCoordinatorActor.UpkeepPeriod);
        this.HasHeard(next);

        Submit(goals, after: 7);
        Assert.Equal(Verdict.Proved, FishForMessage<GoalEvents.Settled>(_ => true).Answer.Verdict);
        Assert.Equal(next, LastSender);
    }

    [Fact]
    public void Who_withdrew_a_race_that_was_handed_over_should_hear_how_it_ended_when_it_asks()
    {
        var coordinator = Submit(Sys.ActorOf(GoalCoordinatorActor.Props(Tools())));
        var incarnation = ExpectMsg<GoalEvents.Accepted>().Incarnation;
        coordinator.Tell(new GoalCommands.Withdraw(Goal, "not wanted any more"));
        coordinator.Tell(new RunEvents.Ended(_agent.ExpectMsg<RunCommands.Start>().Run, "here", "1.0", RaceScript.Stopped(StopReason.Withdrawn)), _agent);
        FishForMessage<GoalEvents.Settled>(_ => true);
        coordinator.Tell(HandOver.Instance);
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(_goals.ExpectMsg<GoalCommands.Resume>());

        Submit(goals, after: incarnation);
        Assert.Equal(Verdict.Withdrawn, FishForMessage<GoalEvents.Settled>(_ => true).Answer.Verdict);
    }

    [Fact]
    public void A_race_that_is_settled_before_anybody_has_asked_since_it_was_handed_over_should_be_handed_on()
    {
        var next = HandedOver(Tools(), out var run);
        next.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        next.Tell(HandOver.Instance);

        Assert.Equal(Verdict.Proved, GoalRace.Restore(_goals.ExpectMsg<GoalCommands.Resume>().Race).Race.Answer!.Verdict);
    }

    [Fact]
    public void A_settled_goal_that_somebody_has_not_heard_of_should_be_handed_over_with_its_answer()
    {
        var coordinator = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        coordinator.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "text", RaceScript.Timeout, 0));
        coordinator.Tell(new RunEvents.Ended(_agent.ExpectMsg<RunCommands.Start>().Run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        FishForMessage<GoalEvents.Settled>(_ => true);
        coordinator.Tell(HandOver.Instance);

        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "text", RaceScript.Timeout, 7));
        var answer = FishForMessage<GoalEvents.Settled>(_ => true).Answer;
        Assert.Equal((Verdict.Proved, "z3"), (answer.Verdict, answer.Winner!.Backend.Value));
        _agent.FishForMessage<RunCommands.Heard>(_ => true);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }
}
