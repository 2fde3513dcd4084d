using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>Who asks for a goal once more, and what it finds.</summary>
public sealed class GoalAskedAgainSpec : CoordinatorSpec
{
    [Fact]
    public void A_goal_that_is_asked_for_again_should_have_only_what_is_left_of_its_deadline()
    {
        Submit(left: TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(4), _agent.ExpectMsg<RunCommands.Start>().Limits.Deadline);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(4));
        _agent.FishForMessage<RunCommands.Preempt>(_ => true);
    }

    [Fact]
    public void Whoever_was_only_said_to_be_gone_should_not_be_told_that_the_goal_is_withdrawn_and_have_it_raced_anew()
    {
        var (listener, goals) = (CreateTestProbe(), Sys.ActorOf(GoalsActor.Props(Tools())));
        AskFor(goals, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        var coordinator = Watch(listener.LastSender);
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        goals.Tell(new RunEvents.Started(run, "here", TimeSpan.Zero), _agent);
        listener.ExpectMsg<GoalEvents.RunStarted>();
        listener.Ref.IsSaidToBeGone(coordinator);
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(GoalCoordinatorActor.UpkeepPeriod);
            Assert.Equal(StopReason.Withdrawn, _agent.ExpectMsg<RunCommands.Preempt>(TimeSpan.FromMilliseconds(50)).Stop.Reason);
        });
        // Until its runs have ended it is not heard.
        AskFor(goals, listener);
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Report(new RunEnd.Signalled(9), new RunStop(StopReason.Withdrawn, ""), RunSaying.Nothing)), _agent);
        ExpectTerminated(coordinator);
        listener.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        AskFor(goals, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        Assert.NotEqual(coordinator, listener.LastSender);
    }

    [Fact]
    public void Who_withdrew_a_goal_and_is_only_said_to_be_gone_should_hear_how_it_ended_when_it_asks()
    {
        var (listener, goals) = WithdrawnWhileSaidToBeGone();
        Submit(goals, listener);
        Assert.Equal(Verdict.Withdrawn, listener.FishForMessage<GoalEvents.Settled>(_ => true).Answer.Verdict);
        _agent.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_newcomer_should_have_a_withdrawn_goal_raced_anew_and_that_race_not_be_handed_over_for_one_who_is_only_perhaps_there()
    {
        var (listener, goals) = WithdrawnWhileSaidToBeGone();
        Submit(goals);
        ExpectMsg<GoalEvents.Accepted>();
        _agent.ExpectMsg<RunCommands.Start>();
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        listener.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
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

    /// <summary>A goal that is settled as withdrawn, as one hears who is perhaps gone; nobody else waits.</summary>
    private (TestProbe Listener, IActorRef Goals) WithdrawnWhileSaidToBeGone()
    {
        var (listener, goals) = (CreateTestProbe(), Sys.ActorOf(GoalsActor.Props(Tools())));
        Submit(goals, listener);
        listener.ExpectMsg<GoalEvents.Accepted>();
        var run = _agent.ExpectMsg<RunCommands.Start>().Run;
        listener.Ref.IsSaidToBeGone(listener.LastSender);
        goals.Tell(new GoalCommands.Withdraw(Goal, "not wanted any more"), listener);
        goals.Tell(new RunEvents.Ended(run, "here", "1.0", RaceScript.Stopped(StopReason.Withdrawn)), _agent);
        listener.FishForMessage<GoalEvents.Settled>(_ => true);
        _agent.FishForMessage<RunCommands.Heard>(_ => true);
        return (listener, goals);
    }

    /// <summary>A goal that has time for every patience.</summary>
    private static void AskFor(IActorRef goals, IActorRef listener)
    {
        var (goal, time) = (RaceScript.Goal(Strategy.Speculative), TimeSpan.FromMinutes(10));
        goals.Tell(new GoalCommands.Submit(goal with { Limits = goal.Limits with { Timeout = time } }, "", time, 0), listener);
    }
}
