using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>A coordinator that is asked for a goal whose race another node is handing over: it waits for that, and not for ever.</summary>
public sealed class RaceOnItsWaySpec : CoordinatorSpec
{
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
        Submit(next, after: 7, isMoving: true);
        next.Tell(_goals.ExpectMsg<GoalCommands.Resume>());
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(run, _agent.FishForMessage<RunCommands.Start>(_ => true).Run);
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.GoalPatience);
        Assert.Equal(run, _agent.ExpectMsg<RunCommands.Start>().Run);
    }

    [Fact]
    public void Who_knows_nothing_of_a_race_that_is_on_its_way_should_wait_for_it_with_those_who_do()
    {
        var (next, newcomer) = (Sys.ActorOf(GoalCoordinatorActor.Props(Tools())), CreateTestProbe());
        Submit(next, CreateTestProbe(), after: 7, isMoving: true);
        Submit(next, newcomer);
        newcomer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        HandedOver(next, RaceScript.Timeout, out var run);

        newcomer.ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(run, _agent.FishForMessage<RunCommands.Start>(_ => true).Run);
    }

    /// <summary>Whoever asked without knowing is being looked for when somebody comes who knows.</summary>
    [Fact]
    public void A_race_that_is_on_its_way_should_be_waited_for_by_those_who_asked_before()
    {
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        var far = Sys.Unseen("newcomer");
        Submit(next, far);
        Submit(next, after: 6, isMoving: true);
        next.Tell(new ActorIdentity("who waits for an answer", far), far);
        this.HasHeard(next);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.GoalPatience);
        ExpectMsg<GoalEvents.Accepted>();
    }

    [Fact]
    public void A_race_that_is_on_its_way_should_be_waited_for_although_somebody_who_had_asked_is_gone()
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        Submit(goals, this.Gone());
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.AskerPatience - TimeSpan.FromSeconds(2));
        Submit(goals, after: 6, isMoving: true);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(TimeSpan.FromSeconds(2));
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.GoalPatience - TimeSpan.FromSeconds(2));
        ExpectMsg<GoalEvents.Accepted>();
    }

    [Fact]
    public void A_race_that_is_lost_on_its_way_should_be_begun_anew()
    {
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        Submit(next, after: 6, isMoving: true);
        this.HasHeard(next);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.GoalPatience);
        ExpectMsg<GoalEvents.Accepted>();
        _agent.FishForMessage<RunCommands.Start>(_ => true);
        // With the same deadline as before.
        Pass(RaceScript.Timeout - GoalCoordinatorActor.GoalPatience);
        Assert.Equal(StopReason.TimedOut, _agent.FishForMessage<RunCommands.Preempt>(_ => true).Stop.Reason);
    }

    /// <summary>What comes first is of an earlier life than the one that was lost, and held up on its way.</summary>
    [Fact]
    public void A_goal_that_has_waited_for_another_race_than_what_came_should_keep_its_deadline()
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools() with { Plan = (goal, after) => Tools().Plan(goal, after) with { Incarnation = after + 1 } }));
        var listener = CreateTestProbe();
        Submit(goals, listener, after: 8, isMoving: true);
        listener.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(TimeSpan.FromSeconds(2));
        HandedOver(goals, RaceScript.Timeout, out _);
        listener.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.GoalPatience);

        listener.ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal((9, RaceScript.Timeout - TimeSpan.FromSeconds(5)), _agent.FishForMessage<RunCommands.Start>(_ => true) is var start ? (start.Run.Incarnation, start.Limits.Deadline) : default);
    }
}
