using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>The thin shell: messages in, happenings; effects out, sends and timers. Time is virtual.</summary>
public sealed class GoalCoordinatorSpec : TestKit
{
    private readonly ManualClock _clock = new();
    private readonly TestProbe _agent;

    public GoalCoordinatorSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _agent = CreateTestProbe();
    }

    [Fact]
    public void A_goal_should_be_raced_announced_and_its_coordinator_stop()
    {
        var goals = Submit();
        ExpectMsg<GoalEvents.Accepted>();
        Watch(LastSender);
        var start = _agent.ExpectMsg<RunCommands.Start>();
        _clock.Advance(TimeSpan.FromMilliseconds(3));
        _agent.Reply(new RunEvents.Started(start.Run, "here", TimeSpan.FromMilliseconds(1)));
        Assert.Equal(3, ExpectMsg<GoalEvents.RunStarted>().At.TotalMilliseconds);

        _agent.Reply(RaceScript.Conclusion(start.Run, Verdict.Proved));
        Assert.Equal(3, ExpectMsg<GoalEvents.Decided>().At.TotalMilliseconds);
        _agent.ExpectMsg<RunCommands.Finish>();
        _agent.Reply(new RunEvents.Ended(start.Run, "here", "1.0", RaceScript.Says(Verdict.Proved)));
        ExpectMsg<GoalEvents.RunEnded>();
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
        ExpectTerminated(LastSender);
        Assert.NotNull(goals);
    }

    [Fact]
    public void The_deadline_should_preempt_by_a_timer_that_obeys_the_scheduler()
    {
        Submit();
        var start = _agent.ExpectMsg<RunCommands.Start>();
        _clock.Advance(RaceScript.Timeout);
        ((TestScheduler)Sys.Scheduler).Advance(RaceScript.Timeout);

        var preempt = _agent.ExpectMsg<RunCommands.Preempt>();
        Assert.Equal((start.Run, StopReason.TimedOut), (preempt.Run, preempt.Stop.Reason));
    }

    [Fact]
    public void A_withdrawn_goal_should_preempt_its_runs()
    {
        var goals = Submit();
        _agent.ExpectMsg<RunCommands.Start>();
        goals.Tell(new GoalCommands.Withdraw(GoalId.Parse("goal"), "interrupted"));

        Assert.Equal(new RunStop(StopReason.Withdrawn, "interrupted"), _agent.ExpectMsg<RunCommands.Preempt>().Stop);
    }

    [Fact]
    public void A_lost_agent_should_lose_its_runs_and_settle_the_goal()
    {
        Submit();
        ExpectMsg<GoalEvents.Accepted>();
        _agent.ExpectMsg<RunCommands.Start>();
        Sys.Stop(_agent);

        Assert.Equal(RunOutcome.Lost, ExpectMsg<GoalEvents.RunEnded>().Row.Outcome);
        Assert.Equal(Verdict.Unknown, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
    }

    [Fact]
    public void A_second_submission_of_an_open_goal_should_join_it()
    {
        var goals = Submit();
        var start = _agent.ExpectMsg<RunCommands.Start>();
        var second = CreateTestProbe();
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative)), second);
        goals.Tell(new GoalCommands.Withdraw(GoalId.Parse("goal"), "enough"), second);
        _agent.ExpectMsg<RunCommands.Preempt>();
        _agent.Reply(new RunEvents.Ended(start.Run, "here", "1.0", RaceScript.Stopped(StopReason.Withdrawn)));

        Assert.Equal(Verdict.Withdrawn, second.FishForMessage<GoalEvents.Settled>(_ => true).Answer.Verdict);
    }

    [Fact]
    public async Task A_listener_should_fail_its_caller_if_the_coordinator_is_gone()
    {
        var goals = CreateTestProbe();
        var answer = new TaskCompletionSource<GoalAnswer>();
        Sys.ActorOf(GoalListenerActor.Props(goals, RaceScript.Goal(Strategy.Speculative), null, answer));
        goals.ExpectMsg<GoalCommands.Submit>();
        var coordinator = CreateTestProbe();
        goals.LastSender.Tell(new GoalEvents.Accepted(GoalId.Parse("goal"), []), coordinator);
        Sys.Stop(coordinator);

        await Assert.ThrowsAsync<InvalidOperationException>(() => answer.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_listener_should_never_withdraw_before_it_submits()
    {
        var goals = CreateTestProbe();
        var listener = Sys.ActorOf(GoalListenerActor.Props(goals, RaceScript.Goal(Strategy.Speculative), null, new TaskCompletionSource<GoalAnswer>()));
        listener.Tell(new GoalCommands.Withdraw(GoalId.Parse("goal"), "at once"));

        goals.ExpectMsg<GoalCommands.Submit>();
        goals.ExpectMsg<GoalCommands.Withdraw>();
    }

    private IActorRef Submit()
    {
        var tools = new CoordinatorTools(_agent, goal => new RacePlan(goal, 7, [new PlannedRun(BackendName.Parse("z3"))]), _clock);
        var goals = Sys.ActorOf(GoalsActor.Props(tools));
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative)));
        return goals;
    }
}
