using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>Whoever waits for a goal finds it again, whatever becomes of its coordinator. Time is virtual.</summary>
public sealed class GoalListenerSpec : TestKit
{
    private static readonly GoalId Goal = GoalId.Parse("goal");

    private readonly ManualClock _clock = new();
    private readonly TaskCompletionSource<GoalAnswer> _answer = new();
    private readonly List<IGoalEvent> _told = [];
    private readonly TestProbe _goals;
    private readonly TestProbe _coordinator;
    private readonly IActorRef _listener;

    public GoalListenerSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _goals = CreateTestProbe();
        _coordinator = CreateTestProbe();
        var tools = new ListenerTools(_goals, "akka.tcp://x@h:1", _clock);
        _listener = Sys.ActorOf(GoalListenerActor.Props(tools, RaceScript.Goal(Strategy.Speculative), new Told(_told), _answer));
    }

    [Fact]
    public async Task The_answer_of_its_coordinator_should_be_handed_on_and_the_listener_stop()
    {
        Watch(_listener);
        Accept(_coordinator, 5);
        Settle(_coordinator);

        Assert.Equal(Verdict.Unknown, (await _answer.Task.WaitAsync(TimeSpan.FromSeconds(10))).Verdict);
        ExpectTerminated(_listener);
    }

    [Fact]
    public void A_goal_that_nobody_accepts_should_be_asked_for_again()
    {
        Assert.Equal(RaceScript.Timeout, _goals.ExpectMsg<GoalCommands.Submit>().Left);
        Pass(GoalListenerActor.AskPeriod);

        Assert.Equal((RaceScript.Timeout - GoalListenerActor.AskPeriod, 0L), _goals.ExpectMsg<GoalCommands.Submit>() is var submit ? (submit.Left, submit.After) : default);
    }

    [Fact]
    public void A_goal_whose_coordinator_is_gone_should_be_asked_for_at_once_and_come_back_as_a_later_life()
    {
        _goals.ExpectMsg<GoalCommands.Submit>();
        Accept(_coordinator, 5);
        Sys.Stop(_coordinator);

        Assert.Equal(5, _goals.ExpectMsg<GoalCommands.Submit>().After);
    }

    /// <summary>As when a node is out of reach for whoever watches, and is heard: the watch ends as soon as it has begun.</summary>
    [Fact]
    public void A_coordinator_that_nobody_can_watch_should_be_heard_and_asked_no_more_than_once_a_period()
    {
        _goals.ExpectMsg<GoalCommands.Submit>();
        var unseen = Sys.Unseen("coordinator");
        Accept(unseen, 5);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.False(AskedInAPeriod().IsMoving);
        Accept(unseen, 5);
        _listener.Tell(new GoalEvents.Moving(Goal), unseen);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.True(AskedInAPeriod().IsMoving);
        Settle(unseen);

        AwaitAssert(() => Assert.True(_answer.Task.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_goal_whose_coordinator_moves_should_not_be_asked_for_as_one_that_is_lost()
    {
        Assert.False(_goals.ExpectMsg<GoalCommands.Submit>().IsMoving);
        Accept(_coordinator, 5);
        _listener.Tell(new GoalEvents.Moving(Goal), _coordinator);
        Sys.Stop(_coordinator);
        Assert.True(_goals.ExpectMsg<GoalCommands.Submit>().IsMoving);

        var next = CreateTestProbe();
        Accept(next, 5);
        Sys.Stop(next);
        Assert.False(_goals.ExpectMsg<GoalCommands.Submit>().IsMoving);
    }

    [Fact]
    public void A_coordinator_should_be_asked_now_and_then_whatever_it_tells()
    {
        _goals.ExpectMsg<GoalCommands.Submit>();
        Accept(_coordinator, 5);
        for (var period = 1; period <= GoalListenerActor.PeriodsBetweenAsks; period++)
        {
            _listener.Tell(new GoalEvents.RunStarted(Goal, RaceScript.Run($"z{period}"), "node", TimeSpan.Zero), _coordinator);
            AwaitAssert(() => Assert.Equal(period, Heard<GoalEvents.RunStarted>()));
            Pass(GoalListenerActor.AskPeriod);
        }

        _goals.ExpectMsg<GoalCommands.Submit>();
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_coordinator_that_was_cut_off_should_not_be_heard_once_a_later_one_has_accepted()
    {
        var later = CreateTestProbe();
        Accept(_coordinator, 5);
        Accept(later, 6);
        Settle(_coordinator);
        Accept(_coordinator, 5);
        Settle(_coordinator);
        Assert.False(_answer.Task.IsCompleted);

        Settle(later);
        AwaitAssert(() => Assert.True(_answer.Task.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_withdrawal_should_never_overtake_the_submission_and_be_said_again_to_a_later_coordinator()
    {
        _listener.Tell(new GoalCommands.Withdraw(Goal, "at once"));
        _goals.ExpectMsg<GoalCommands.Submit>();
        _goals.ExpectMsg<GoalCommands.Withdraw>();
        Accept(_coordinator, 5);
        Sys.Stop(_coordinator);

        _goals.ExpectMsg<GoalCommands.Submit>();
        Assert.Equal("at once", _goals.ExpectMsg<GoalCommands.Withdraw>().Reason);
    }

    [Fact]
    public async Task A_caller_should_not_wait_for_ever_when_coordinators_die_of_the_goal()
    {
        for (var life = 0; life < GoalListenerActor.MostShortLives; life++)
            Live(life, TimeSpan.Zero);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _answer.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Contains($"lost {GoalListenerActor.MostShortLives} times", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_goal_should_not_be_given_up_for_coordinators_that_are_lost_or_moved_in_the_course_of_things(bool moved)
    {
        for (var life = 0; life < 3 * GoalListenerActor.MostShortLives; life++)
            Live(life, moved ? TimeSpan.Zero : GoalListenerActor.ShortLife + TimeSpan.FromSeconds(1), moved);

        _goals.FishForMessage<GoalCommands.Submit>(submit => submit.After == 3 * GoalListenerActor.MostShortLives);
        Assert.False(_answer.Task.IsCompleted);
    }

    [Fact]
    public async Task A_caller_should_not_wait_for_ever_when_no_coordinator_can_be_reached()
    {
        _goals.ExpectMsg<GoalCommands.Submit>();
        Pass(RaceScript.Timeout + GoalListenerActor.AnswerPatience + GoalListenerActor.AskPeriod);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _answer.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_second_life_should_not_be_announced_as_a_second_acceptance()
    {
        var later = CreateTestProbe();
        Accept(_coordinator, 5);
        Accept(later, 6);
        Settle(later);

        AwaitAssert(() => Assert.Equal(["Accepted", "Settled"], _told.Select(told => told.GetType().Name)));
    }

    [Fact]
    public void A_story_that_is_told_again_should_be_heard_once_and_what_was_missed_of_it_with_it()
    {
        var later = CreateTestProbe();
        var (first, second) = (new GoalEvents.RunStarted(Goal, RaceScript.Run("z3"), "node", TimeSpan.Zero), new GoalEvents.RunStarted(Goal, RaceScript.Run("cvc5"), "node", TimeSpan.Zero));
        Accept(_coordinator, 5);
        _listener.Tell(first, _coordinator);
        Accept(later, 5);
        _listener.Tell(first, later);
        _listener.Tell(second, later);
        Settle(later);

        AwaitAssert(() => Assert.Equal(["Accepted", "RunStarted", "RunStarted", "Settled"], _told.Select(told => told.GetType().Name)));
        Assert.Equal([first, second], _told.OfType<GoalEvents.RunStarted>());
    }

    /// <summary>A coordinator that has the goal for a while and then is gone.</summary>
    private void Live(int life, TimeSpan time, bool moved = false)
    {
        var coordinator = CreateTestProbe();
        _goals.FishForMessage<GoalCommands.Submit>(submit => submit.After == life);
        Watch(coordinator);
        Accept(coordinator, life + 1);
        if (moved)
            _listener.Tell(new GoalEvents.Moving(Goal), coordinator);
        _listener.Tell(new GoalEvents.RunStarted(Goal, RaceScript.Run("z3", incarnation: life + 1), "node", TimeSpan.Zero), coordinator);
        AwaitAssert(() => Assert.Equal(life + 1, Heard<GoalEvents.RunStarted>()));
        _clock.Advance(time);
        Sys.Stop(coordinator);
    }

    /// <summary>The end of a watch may be heard later than a period that has just ended.</summary>
    private GoalCommands.Submit AskedInAPeriod()
    {
        GoalCommands.Submit? asked = null;
        AwaitAssert(() =>
        {
            Pass(GoalListenerActor.AskPeriod);
            asked = _goals.ExpectMsg<GoalCommands.Submit>(TimeSpan.FromMilliseconds(100));
        });
        return asked!;
    }

    private int Heard<T>()
    {
        lock (_told)
            return _told.OfType<T>().Count();
    }

    private void Pass(TimeSpan time)
    {
        _clock.Advance(time);
        ((TestScheduler)Sys.Scheduler).Advance(time);
    }

    private void Accept(IActorRef coordinator, long incarnation) => _listener.Tell(new GoalEvents.Accepted(Goal, incarnation, []), coordinator);

    private void Settle(IActorRef coordinator) =>
        _listener.Tell(new GoalEvents.Settled(Goal, new GoalAnswer(Goal, "goal", Verdict.Unknown, null, null, null, TimeSpan.Zero, "nobody knows", [], null)), coordinator);

    private sealed class Told(List<IGoalEvent> told) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value)
        {
            lock (told)
                told.Add(value);
        }
    }
}
