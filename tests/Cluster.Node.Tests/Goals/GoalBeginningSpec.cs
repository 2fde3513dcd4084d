using Akka.TestKit;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>How a coordinator comes to its race, or to none: whoever asks for it is there, and what is told of the goal before that is kept.</summary>
public sealed class GoalBeginningSpec : CoordinatorSpec
{
    [Fact]
    public void A_withdrawal_that_comes_with_a_goal_should_be_heard_once_whoever_asks_is_found()
    {
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        var (gone, run) = (this.Gone(), RaceScript.Run("z3", incarnation: 7));
        Submit(next, gone, after: 6);
        next.Tell(new GoalCommands.Withdraw(Goal, "not wanted any more"), gone);
        this.HasHeard(next);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Submit(next, after: 6);

        Assert.Equal((run, StopReason.Withdrawn), _agent.FishForMessage<RunCommands.Preempt>(_ => true) is var preempt ? (preempt.Run, preempt.Stop.Reason) : default);
    }

    /// <summary>It was held up while the shard moved, and whoever asked has had the answer since.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(6, false)]
    [InlineData(6, true)]
    public void A_goal_should_not_be_raced_for_somebody_who_is_gone(long after, bool isMoving)
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        Submit(goals, this.Gone(), after: after, isMoving: isMoving);
        goals.Tell(new RunEvents.Started(RaceScript.Run("z3", incarnation: 6), "here", TimeSpan.Zero), _agent);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(GoalCoordinatorActor.GoalPatience);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        // What is at work for the earlier life is ended as for one that nobody knows.
        AwaitAssert(() =>
        {
            Pass(GoalCoordinatorActor.AskerPatience);
            Assert.Equal(6, _agent.ExpectMsg<RunCommands.Preempt>(TimeSpan.FromMilliseconds(50)).Run.Incarnation);
        });
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Of_those_who_ask_for_a_goal_one_that_is_there_should_have_it_raced()
    {
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        Submit(next, this.Gone(), after: 6);
        this.HasHeard(next);
        Submit(next, after: 6);
        ExpectMsg<GoalEvents.Accepted>();
        var other = CreateTestProbe();
        Submit(next, other, after: 6);
        other.ExpectMsg<GoalEvents.Accepted>();
    }

    [Fact]
    public void A_later_life_should_be_told_to_every_node_and_a_node_that_doubts_be_told_again()
    {
        var goals = Sys.ActorOf(GoalsActor.Props(Tools()));
        Submit(goals, after: 6);
        ExpectMsg<GoalEvents.Accepted>();
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
