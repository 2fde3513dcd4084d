using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>The thin shell: messages in, happenings; effects out, sends and timers. Time is virtual.</summary>
public sealed class GoalCoordinatorSpec : TestKit
{
    private static readonly GoalId Goal = GoalId.Parse("goal");

    private readonly ManualClock _clock = new();
    private readonly NodeBoard _board = new();
    private readonly TestProbe _agent;
    private readonly TestProbe _goals;

    public GoalCoordinatorSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _agent = CreateTestProbe();
        _goals = CreateTestProbe();
        Offer("here", free: 2, _agent);
    }

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
        for (var upkeep = 0; upkeep < GoalCoordinatorActor.UpkeepsAfterTheEnd; upkeep++)
            ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);

        ExpectMsg<Terminated>();
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
    public void A_goal_that_is_asked_for_again_should_have_only_what_is_left_of_its_deadline()
    {
        Submit(left: TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(4), _agent.ExpectMsg<RunCommands.Start>().Limits.Deadline);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(4));
        _agent.FishForMessage<RunCommands.Preempt>(_ => true);
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
    public void A_goal_that_nobody_waits_for_any_more_should_preempt_its_runs()
    {
        var listener = CreateTestProbe();
        Submit(sender: listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        _agent.ExpectMsg<RunCommands.Start>();
        Sys.Stop(listener);

        Assert.Equal(StopReason.Withdrawn, _agent.ExpectMsg<RunCommands.Preempt>().Stop.Reason);
    }

    [Fact]
    public void Whoever_asks_for_a_goal_that_was_given_up_since_nobody_waited_should_have_it_raced_anew()
    {
        var (goals, listener) = (Sys.ActorOf(GoalsActor.Props(Tools())), CreateTestProbe());
        Submit(goals, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        Watch(listener.LastSender);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        Sys.Stop(listener);
        _agent.ExpectMsg<RunCommands.Preempt>();
        // Its runs are not dead yet.
        Submit(goals, after: 7);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Stopped(StopReason.Withdrawn)), _agent);
        ExpectMsg<Terminated>();

        Submit(goals, after: 7);
        ExpectMsg<GoalEvents.Accepted>();
    }

    [Fact]
    public void Whoever_submits_a_goal_again_that_was_withdrawn_should_have_it_raced_anew()
    {
        var (goals, listener) = (Sys.ActorOf(GoalsActor.Props(Tools())), CreateTestProbe());
        Submit(goals, listener);
        goals.Tell(new GoalCommands.Withdraw(Goal, "not wanted any more"), listener);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Stopped(StopReason.Withdrawn)), _agent);
        listener.FishForMessage<GoalEvents.Settled>(_ => true);
        Sys.Stop(listener);
        _agent.FishForMessage<RunCommands.Heard>(_ => true);

        // Until its coordinator knows that nobody listens, whoever asks is told how it ended.
        AwaitAssert(() =>
        {
            var again = CreateTestProbe();
            Submit(goals, again);
            again.ExpectMsg<GoalEvents.Accepted>();
            Sys.Stop(again);
            _agent.ExpectMsg<RunCommands.Start>(TimeSpan.FromMilliseconds(100));
        });
    }

    [Fact]
    public void Another_text_under_a_known_id_should_never_have_the_verdict_of_the_former()
    {
        var (goals, listener) = (Sys.ActorOf(GoalsActor.Props(Tools())), CreateTestProbe());
        Submit(goals, listener);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        var other = RaceScript.Goal(Strategy.Speculative) with { Text = TextDigest.Of("another"u8) };
        goals.Tell(new GoalCommands.Submit(other, "", TimeSpan.FromSeconds(10), 0), TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Says(Verdict.Proved)), _agent);
        Assert.Equal(Verdict.Proved, listener.FishForMessage<GoalEvents.Settled>(_ => true).Answer.Verdict);

        goals.Tell(new GoalCommands.Submit(other, "", TimeSpan.FromSeconds(10), 0), TestActor);
        ExpectMsg<GoalEvents.Accepted>();
        Assert.Equal(other.Text, _agent.FishForMessage<RunCommands.Start>(_ => true).Text);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Whoever_submits_a_goal_again_whose_runs_were_lost_should_have_it_raced_anew()
    {
        var (goals, listener) = (Sys.ActorOf(GoalsActor.Props(Tools())), CreateTestProbe());
        Submit(goals, listener);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var run = _agent.FishForMessage<RunCommands.Start>(_ => true).Run;
            goals.Tell(new RunEvents.Ended(run, "here", null, new RunReport(new RunEnd.Lost("its text is gone"), null, RunSaying.Nothing, RunTimes.None, RunUsage.None)), _agent);
        }

        listener.FishForMessage<GoalEvents.Settled>(_ => true);
        Sys.Stop(listener);
        for (var ended = 1; ended <= 2; ended++)
            _agent.FishForMessage<RunCommands.Heard>(_ => true);
        Offer("here", free: 2, _agent);

        // Until its coordinator knows that nobody listens, whoever asks is told how it ended.
        AwaitAssert(() =>
        {
            var again = CreateTestProbe();
            Submit(goals, again);
            again.ExpectMsg<GoalEvents.Accepted>();
            Sys.Stop(again);
            _agent.ExpectMsg<RunCommands.Start>(TimeSpan.FromMilliseconds(100));
        });
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
        next.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", RaceScript.Timeout, 6, IsMoving: true));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.GoalPatience);

        ExpectMsg<GoalEvents.Accepted>();
        _agent.FishForMessage<RunCommands.Start>(_ => true);
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
        var goals = Submit(after: 6);
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

    private CoordinatorTools Tools(params string[] backends) => new(
        _board,
        (goal, _) => new RacePlan(goal, 7, [.. backends.DefaultIfEmpty("z3").Select(name => new PlannedRun(BackendName.Parse(name)))]),
        () => _goals,
        _clock);

    private void Offer(string node, int free, IActorRef agent) =>
        _board.Put(new NodeEvents.Offered(node, [.. new[] { "z3", "cvc5", "cvc4" }.Select(name => new BackendOffer(BackendName.Parse(name), GoalLanguage.SmtLib2, null))], 2, free, 0, IsDraining: false), agent);

    private IActorRef Submit(IActorRef? goals = null, IActorRef? sender = null, TimeSpan? left = null, long after = 0)
    {
        goals ??= Sys.ActorOf(GoalsActor.Props(Tools()));
        goals.Tell(new GoalCommands.Submit(RaceScript.Goal(Strategy.Speculative), "", left ?? RaceScript.Timeout, after), sender ?? TestActor);
        return goals;
    }
}
