using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Goals;
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
        var again = _agent.ExpectMsg<RunCommands.Start>();
        Assert.Equal((run, TimeSpan.FromSeconds(8), "text"), (again.Run, again.Limits.Deadline, again.Source));
        next.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);
        next.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "text", RaceScript.Timeout, 7));
        // All of it happened while nobody listened: who finds it settled hears the whole story.
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(run, ExpectMsg<GoalEvents.RunStarted>().Run);
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Decided>().Verdict);
        Assert.Equal(RunOutcome.Won, ExpectMsg<GoalEvents.RunEnded>().Row.Outcome);
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
    }

    [Fact]
    public void Whoever_asks_for_a_goal_before_its_race_has_come_should_be_told_of_that_race()
    {
        var moved = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        moved.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 0));
        ExpectMsg<GoalEvents.Accepted>();
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        moved.Tell(HandOver.Instance);
        ExpectMsg<GoalEvents.Moving>();

        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 7, IsMoving: true));
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(run, _agent.ExpectMsg<RunCommands.Start>().Run);
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.GoalPatience);
        Assert.Equal(run, _agent.ExpectMsg<RunCommands.Start>().Run);
    }

    [Fact]
    public void A_race_that_is_lost_on_its_way_should_be_begun_anew()
    {
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        for (var passed = TimeSpan.Zero; passed <= GoalCoordinatorActor.GoalPatience; passed += GoalListenerActor.AskPeriod)
        {
            next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 6, IsMoving: true));
            HasHeard(next);
            Pass(GoalListenerActor.AskPeriod);
            HasHeard(next);
        }

        next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 6, IsMoving: true));
        ExpectMsg<GoalEvents.Accepted>();
        _agent.FishForMessage<RunCommands.Start>(_ => true);
    }

    /// <summary>It was held up while the shard moved, and whoever asked has had the answer since.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_goal_that_an_earlier_life_had_and_nobody_asks_for_again_should_not_be_raced(bool isMoving)
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 6, isMoving));
        goals.Tell(new RunEvents.Started(RaceScript.Run("z3", incarnation: 6), "here", TimeSpan.Zero), _agent);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.GoalPatience);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        // What is at work for the earlier life is ended as for one that nobody knows.
        AwaitAssert(() =>
        {
            Pass(GoalCoordinatorActor.AnotherPatience);
            Assert.Equal(6, _agent.ExpectMsg<RunCommands.Preempt>(TimeSpan.FromMilliseconds(50)).Run.Incarnation);
        });
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    /// <summary>What was held up together comes together.</summary>
    [Fact]
    public void Only_who_asks_a_second_time_a_while_later_should_have_a_goal_begun_that_an_earlier_life_had()
    {
        var (next, other) = (Sys.ActorOf(GoalCoordinatorActor.Props(Tools())), CreateTestProbe());
        Submit(next, after: 6);
        Submit(next, after: 6);
        HasHeard(next);
        _clock.Advance(GoalListenerActor.AskPeriod);
        Submit(next, other, after: 6);
        HasHeard(next);

        Submit(next, after: 6);
        ExpectMsg<GoalEvents.Accepted>();
        other.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_race_that_was_handed_over_and_is_settled_should_be_kept_until_those_who_wait_have_asked()
    {
        var moved = Submit(Sys.ActorOf(GoalCoordinatorActor.Props(Tools())));
        ExpectMsg<GoalEvents.Accepted>();
        moved.Tell(HandOver.Instance);
        ExpectMsg<GoalEvents.Moving>();
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        goals.Tell(new RunEvents.Ended(_agent.ExpectMsg<RunCommands.Start>().Run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        _agent.FishForMessage<RunCommands.Heard>(_ => true);
        var next = Watch(_agent.LastSender);
        for (var upkeep = 1; upkeep < GoalCoordinatorActor.MostUpkeepsAlone; upkeep++)
            Pass(GoalCoordinatorActor.UpkeepPeriod);
        HasHeard(next);

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
        var coordinator = Submit(Sys.ActorOf(GoalCoordinatorActor.Props(Tools())));
        ExpectMsg<GoalEvents.Accepted>();
        coordinator.Tell(HandOver.Instance);
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        next.Tell(new RunEvents.Ended(_agent.ExpectMsg<RunCommands.Start>().Run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
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

    [Fact]
    public void A_later_life_should_be_told_to_every_node_and_a_node_that_doubts_be_told_again()
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        SubmitAgain(goals, after: 6);
        Assert.Equal(7, _agent.ExpectMsg<SlotCommands.Claim>().Incarnation);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        goals.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        goals.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);

        Assert.Equal(7, _agent.ExpectMsg<SlotCommands.Claim>().Incarnation);
    }

    [Fact]
    public void What_is_told_before_the_goal_comes_should_be_kept_for_it()
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        var run = RaceScript.Run("z3", incarnation: 6);
        goals.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Submit(goals);

        Assert.Equal(run, _agent.FishForMessage<RunCommands.Preempt>(_ => true).Run);
    }

    [Fact]
    public void What_is_told_of_a_goal_that_nobody_races_for_should_be_answered_so_that_it_ends()
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(new RunEvents.Ended(RaceScript.Run("z3"), "here", null, RaceScript.Says(Verdict.Proved)), _agent);
        goals.Tell(new SlotEvents.Granted(Goal, 7, "here", 3, null), _agent);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.GoalPatience);

        _agent.ExpectMsg<RunCommands.Heard>();
        Assert.Null(_agent.ExpectMsg<SlotCommands.Pass>().Rank);
    }
}
