using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>The thin shell of a race: messages in, happenings; effects out, sends and timers.</summary>
public sealed class GoalCoordinatorSpec : CoordinatorSpec
{
    [Fact]
    public void A_goal_should_be_raced_and_announced_and_its_coordinator_stop_when_everyone_has_heard()
    {
        var (listener, goals) = (CreateTestProbe(), Submit());
        Submit(goals, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        var coordinator = listener.LastSender;
        Watch(coordinator);
        ExpectMsg<GoalEvents.Accepted>();
        var start = _agent.ExpectMsg<RunCommands.Start>();
        _clock.Advance(TimeSpan.FromMilliseconds(3));
        goals.Tell(new RunEvents.Started(start.Run, "here", TimeSpan.FromMilliseconds(1)), _agent);
        Assert.Equal(3, ExpectMsg<GoalEvents.RunStarted>().At.TotalMilliseconds);

        goals.Tell(RaceScript.Conclusion(start.Run, Verdict.Proved), _agent);
        Assert.Equal(3, ExpectMsg<GoalEvents.Decided>().At.TotalMilliseconds);
        _agent.ExpectMsg<RunCommands.Finish>();
        goals.Tell(new RunEvents.Ended(start.Run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        ExpectMsg<GoalEvents.RunEnded>();
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
        _agent.ExpectMsg<RunCommands.Heard>();

        // Whoever may not have heard is told again; the coordinator goes when there is nobody left to tell.
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
        Sys.Stop(listener);
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", TimeSpan.Zero, 0), TestActor);
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(3, ExpectMsg<GoalEvents.RunStarted>().At.TotalMilliseconds);
        ExpectMsg<GoalEvents.Decided>();
        ExpectMsg<GoalEvents.RunEnded>();
        Assert.Equal(Verdict.Proved, ExpectMsg<GoalEvents.Settled>().Answer.Verdict);
    }

    [Fact]
    public void The_deadline_should_preempt_by_a_timer_that_obeys_the_scheduler()
    {
        Submit();
        var start = _agent.ExpectMsg<RunCommands.Start>();
        _clock.Advance(RaceScript.Timeout);
        ((TestScheduler)Sys.Scheduler).Advance(RaceScript.Timeout);

        var preempt = _agent.FishForMessage<RunCommands.Preempt>(_ => true);
        Assert.Equal((start.Run, StopReason.TimedOut), (preempt.Run, preempt.Stop.Reason));
    }

    [Fact]
    public void A_withdrawn_goal_should_preempt_its_runs()
    {
        var goals = Submit();
        _agent.ExpectMsg<RunCommands.Start>();
        goals.Tell(new GoalCommands.Withdraw(Goal, "interrupted"));

        Assert.Equal(new RunStop(StopReason.Withdrawn, "interrupted"), _agent.ExpectMsg<RunCommands.Preempt>().Stop);
    }

    [Fact]
    public void A_run_that_is_refused_should_count_only_where_it_is_placed_instead()
    {
        var (stale, there) = (CreateTestProbe(), CreateTestProbe());
        Offer("here", free: 1, _agent);
        Offer("stale", free: 1, stale);
        var goals = Sys.ActorOf(GoalsActor.Props(Tools("z3", "cvc5")));
        Submit(goals);
        var (first, second) = (_agent.ExpectMsg<RunCommands.Start>().Run, stale.ExpectMsg<RunCommands.Start>().Run);
        Offer("there", free: 1, there);
        goals.Tell(new RunEvents.Refused(first, "here", Refusal.Full), _agent);
        Assert.Equal(first, there.ExpectMsg<RunCommands.Start>().Run);
        goals.Tell(new RunEvents.Refused(second, "stale", Refusal.Full), stale);

        // Which of the two had come first is a matter of chance.
        var turn = second.Backend.Value == "z3" ? 0 : 1;
        Assert.Equal(turn, stale.ExpectMsg<SlotCommands.Want>().Rank.Turn);
        Assert.Equal(turn, _agent.ExpectMsg<SlotCommands.Want>().Rank.Turn);
        stale.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_run_that_was_handed_over_with_a_node_of_which_nothing_is_heard_should_be_lost()
    {
        var coordinator = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        coordinator.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 0));
        _agent.ExpectMsg<RunCommands.Start>();
        coordinator.Tell(HandOver.Instance);
        var resume = _goals.ExpectMsg<GoalCommands.Resume>();
        _board.Remove("here", "it is gone");
        var next = Sys.ActorOf(GoalCoordinatorActor.Props(Tools()));
        next.Tell(resume);
        var (listener, there) = (CreateTestProbe(), CreateTestProbe());
        Submit(next, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        Offer("there", free: 1, there);
        for (var upkeep = 1; upkeep < GoalCoordinatorActor.MostUpkeepsAbsent; upkeep++)
            ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
        there.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);

        Assert.Equal(2, there.ExpectMsg<RunCommands.Start>().Run.Attempt);
    }

    [Fact]
    public void A_run_of_a_lost_node_should_be_placed_on_another()
    {
        var other = CreateTestProbe();
        Submit();
        _agent.ExpectMsg<RunCommands.Start>();
        Offer("there", free: 1, other);
        _board.Remove("here", "it is gone");

        Assert.Equal(2, other.ExpectMsg<RunCommands.Start>().Run.Attempt);
        Assert.Equal(RunOutcome.Lost, FishForMessage<GoalEvents.RunEnded>(_ => true).Row.Outcome);
    }

    [Fact]
    public void A_run_on_a_node_that_is_out_of_reach_should_be_lost_when_the_node_is_given_up_and_not_before()
    {
        var other = CreateTestProbe();
        Submit();
        _agent.ExpectMsg<RunCommands.Start>();
        Offer("there", free: 1, other);
        _board.Reach("here", isReachable: false);
        for (var upkeep = 0; upkeep <= GoalCoordinatorActor.MostUpkeepsAbsent; upkeep++)
            ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
        other.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _board.GiveUp("here");

        Assert.Equal(2, other.ExpectMsg<RunCommands.Start>().Run.Attempt);
    }

    [Fact]
    public void A_report_of_a_run_that_the_race_has_lost_should_end_it_where_it_runs()
    {
        var goals = Submit();
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        _board.Reach("here", isReachable: false);
        _board.GiveUp("here");
        _board.Reach("here", isReachable: true);
        goals.Tell(RaceScript.Conclusion(run, Verdict.Refuted), _agent);

        Assert.Equal(run, _agent.FishForMessage<RunCommands.Preempt>(_ => true).Run);
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(RunOutcome.Lost, ExpectMsg<GoalEvents.RunEnded>().Row.Outcome);
    }

    [Fact]
    public void Every_run_should_be_started_once_and_in_the_slot_that_was_found_for_it()
    {
        Offer("here", free: 1, _agent);
        var other = CreateTestProbe();
        Offer("there", free: 1, other);
        Sys.ActorOf(GoalCoordinatorActor.Props(Tools("z3", "cvc5", "cvc4"))).Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 0));

        var started = new[] { _agent.ExpectMsg<RunCommands.Start>().Run.Backend, other.ExpectMsg<RunCommands.Start>().Run.Backend };
        Assert.Equal(2, started.Distinct().Count());
        _agent.ExpectMsg<SlotCommands.Want>();
        other.ExpectMsg<SlotCommands.Want>();
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Where_no_slot_is_free_the_goal_should_wait_and_start_in_the_slot_that_is_granted()
    {
        Offer("here", free: 0, _agent);
        var goals = Submit();
        _agent.ExpectMsg<SlotCommands.Want>();
        goals.Tell(new SlotEvents.Granted(Goal, 7, "here", 3, null), _agent);

        Assert.Equal(3, _agent.ExpectMsg<RunCommands.Start>().Grant);
    }

    [Fact]
    public void What_may_have_been_lost_should_be_said_again()
    {
        Submit();
        var start = _agent.ExpectMsg<RunCommands.Start>();
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);

        Assert.Equal(start.Run, _agent.ExpectMsg<RunCommands.Start>().Run);
    }
}
