using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>Those who wait for a goal are gone, for certain or perhaps: how long it is kept for them, and what ends then.</summary>
public sealed class NobodyWaitsSpec : CoordinatorSpec
{
    [Fact]
    public void The_coordinator_of_a_settled_goal_should_stop_when_its_listener_has()
    {
        var listener = CreateTestProbe();
        var goals = Submit(sender: listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        Watch(listener.LastSender);
        goals.Tell(new RunEvents.Ended(_agent.ExpectMsg<RunCommands.Start>().Run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        listener.FishForMessage<GoalEvents.Settled>(_ => true);
        Sys.Stop(listener);
        // What the listener asked before it heard may be on its way still.
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        PassForNobody();

        ExpectMsg<Terminated>();
    }

    [Fact]
    public void A_goal_that_nobody_waits_for_any_more_should_preempt_its_runs()
    {
        var listener = CreateTestProbe();
        Submit(sender: listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        _agent.ExpectMsg<RunCommands.Start>();
        StopForCertain(listener);
        PassForNobody();

        Assert.Equal(StopReason.Withdrawn, _agent.FishForMessage<RunCommands.Preempt>(_ => true).Stop.Reason);
    }

    [Fact]
    public void Whoever_comes_a_moment_after_all_others_are_gone_should_find_the_race_at_work()
    {
        var listener = CreateTestProbe();
        var goals = Submit(sender: listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        var coordinator = listener.LastSender;
        _agent.ExpectMsg<RunCommands.Start>();
        StopForCertain(listener);
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
        Submit(goals, after: 7, isMoving: true);
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(coordinator, LastSender);
        PassForNobody();

        // Said again in each upkeep, since nothing was heard of it, and not ended.
        for (var upkeep = 0; upkeep <= GoalCoordinatorActor.UpkeepsForNobody; upkeep++)
            _agent.ExpectMsg<RunCommands.Start>();
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void What_is_settled_when_all_who_waited_are_gone_should_be_handed_over_for_whoever_comes_next()
    {
        var (listener, coordinator) = (CreateTestProbe(), Sys.ActorOf(GoalCoordinatorActor.Props(Tools())));
        Submit(coordinator, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        StopForCertain(listener);
        coordinator.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        coordinator.Tell(HandOver.Instance);
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        Submit(next, isMoving: true);

        Assert.Equal(Verdict.Proved, ((GoalEvents.Settled)FishForMessage(told => told is GoalEvents.Settled)).Answer.Verdict);
    }

    [Fact]
    public void A_listener_that_is_only_said_to_be_gone_should_hear_the_answer_and_the_coordinator_stay_until_it_would_have_asked()
    {
        var listener = CreateTestProbe();
        var goals = Submit(sender: listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        var coordinator = Watch(listener.LastSender);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        listener.Ref.IsSaidToBeGone(coordinator);
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        Assert.Equal(Verdict.Proved, listener.FishForMessage<GoalEvents.Settled>(_ => true).Answer.Verdict);
        for (var upkeep = 1; upkeep < GoalCoordinatorActor.MostUpkeepsAlone; upkeep++)
            ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);

        ExpectTerminated(coordinator);
        // It has handed nothing over, and the race has no next life.
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_goal_should_not_be_given_up_while_one_of_those_who_wait_is_only_said_to_be_gone()
    {
        var (one, other) = (CreateTestProbe(), CreateTestProbe());
        var goals = Submit(sender: one);
        Submit(goals, other);
        one.ExpectMsg<GoalEvents.Accepted>();
        other.ExpectMsg<GoalEvents.Accepted>();
        // Of what has not started each upkeep asks again.
        goals.Tell(new RunEvents.Started(_agent.ExpectMsg<RunCommands.Start>().Run, "here", TimeSpan.Zero), _agent);
        one.FishForMessage<GoalEvents.RunStarted>(_ => true);
        one.Ref.IsSaidToBeGone(one.LastSender);
        StopForCertain(other);
        PassForNobody();
        PassForNobody();
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Submit(goals, one);
        one.ExpectMsg<GoalEvents.Accepted>();
        StopForCertain(one);
        PassForNobody();
        Assert.Equal(StopReason.Withdrawn, _agent.FishForMessage<RunCommands.Preempt>(_ => true).Stop.Reason);
    }

    [Fact]
    public void Whoever_asks_for_a_goal_that_was_given_up_since_nobody_waited_should_have_it_raced_anew()
    {
        var (goals, listener) = (Sys.ActorOf(GoalsActor.Props(Tools())), CreateTestProbe());
        Submit(goals, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        Watch(listener.LastSender);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        StopForCertain(listener);
        PassForNobody();
        _agent.FishForMessage<RunCommands.Preempt>(_ => true);
        // Its runs are not dead yet.
        Submit(goals, after: 7);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Stopped(StopReason.Withdrawn)), _agent);
        ExpectMsg<Terminated>();

        Submit(goals, after: 7);
        ExpectMsg<GoalEvents.Accepted>();
    }

    /// <summary>One that waited is gone, and the coordinator has heard so.</summary>
    private void StopForCertain(TestProbe listener)
    {
        Watch(listener);
        Sys.Stop(listener);
        ExpectTerminated(listener);
        // The coordinator is told as the spec is, and is first to do what it is told.
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    private void PassForNobody()
    {
        for (var upkeep = 0; upkeep < GoalCoordinatorActor.UpkeepsForNobody; upkeep++)
            ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
    }
}
