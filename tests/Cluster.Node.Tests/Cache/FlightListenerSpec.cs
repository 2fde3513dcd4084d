using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Goals;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Whoever waits for a goal finds its flight again, whatever becomes of it. Time is virtual.</summary>
public sealed class FlightListenerSpec : TestKit
{
    private readonly ManualClock _clock = new();
    private readonly TaskCompletionSource<GoalAnswer> _answer = new();
    private readonly List<IGoalEvent> _told = [];
    private readonly TestProbe _flights;
    private readonly TestProbe _flight;
    private readonly IActorRef _listener;

    public FlightListenerSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        (_flights, _flight) = (CreateTestProbe(), CreateTestProbe());
        _listener = Sys.ActorOf(FlightListenerActor.Props(new ListenerTools(_flights, "here", _clock), Name, Goal("a"), new Progress(_told), _answer, Seconds(1)));
    }

    [Fact]
    public async Task The_answer_should_be_handed_on_and_the_listener_stop()
    {
        Watch(_listener);
        var board = _flights.ExpectMsg<FlightCommands.Board>();
        Assert.Equal((Name.ToString(), "here", Seconds(9)), (board.Flight, board.Source, board.Left));
        Tell(Accepted("a"), Settled("a", Verdict.Proved, 1));
        Assert.Equal(Verdict.Proved, (await _answer.Task.WaitAsync(Seconds(10))).Verdict);
        ExpectTerminated(_listener);
        Assert.Equal(["Accepted", "Settled"], _told.Select(told => told.GetType().Name));
    }

    [Fact]
    public void A_flight_that_is_gone_should_be_boarded_again_at_once_and_its_story_be_heard_once()
    {
        _flights.ExpectMsg<FlightCommands.Board>();
        Tell(Accepted("a"));
        var next = CreateTestProbe();
        Sys.Stop(_flight);
        _flights.ExpectMsg<FlightCommands.Board>();
        _listener.Tell(Accepted("a"), next);
        _listener.Tell(Settled("a", Verdict.Proved, 1), next);
        AwaitAssert(() => Assert.Equal(["Accepted", "Settled"], _told.Select(told => told.GetType().Name)));
    }

    [Fact]
    public void A_flight_that_moves_should_be_boarded_again_as_one_whose_race_is_on_its_way()
    {
        Assert.False(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);
        Tell(Accepted("a"));
        // Of an earlier life: that says nothing of this one.
        _listener.Tell(new GoalEvents.Moving(Goal("a").Id), CreateTestProbe());
        for (var period = 0; period < GoalListenerActor.PeriodsBetweenAsks; period++)
            Pass(GoalListenerActor.AskPeriod);
        Assert.False(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);

        Tell(new GoalEvents.Moving(Goal("a").Id));
        Sys.Stop(_flight);
        Assert.True(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);
        Pass(GoalListenerActor.AskPeriod);
        Assert.True(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);

        var next = CreateTestProbe();
        _listener.Tell(Accepted("a"), next);
        Sys.Stop(next);
        Assert.False(_flights.FishForMessage<FlightCommands.Board>(board => !board.IsMoving).IsMoving);
        AwaitAssert(() => Assert.Equal(["Accepted"], _told.Select(told => told.GetType().Name)));
    }

    /// <summary>Its race may be about to be accepted just then.</summary>
    [Fact]
    public void A_flight_that_moves_before_it_has_told_anything_should_be_boarded_so_as_well()
    {
        Assert.False(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);
        Tell(new GoalEvents.Moving(Goal("a").Id));
        Pass(GoalListenerActor.AskPeriod);
        Assert.True(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);
    }

    [Fact]
    public void A_flight_that_moves_often_should_not_be_given_up()
    {
        for (var life = 0; life < GoalListenerActor.MostShortLives; life++)
        {
            _flights.ExpectMsg<FlightCommands.Board>();
            var flight = CreateTestProbe();
            _listener.Tell(Accepted("a"), flight);
            _listener.Tell(new GoalEvents.Moving(Goal("a").Id), flight);
            Sys.Stop(flight);
        }

        Assert.True(_flights.ExpectMsg<FlightCommands.Board>().IsMoving);
    }

    [Fact]
    public void A_flight_should_be_asked_again_now_and_then()
    {
        _flights.ExpectMsg<FlightCommands.Board>();
        Pass(GoalListenerActor.AskPeriod);
        Assert.Equal(Seconds(8), _flights.ExpectMsg<FlightCommands.Board>().Left);
        Tell(Accepted("a"));
        AwaitAssert(() => Assert.Single(_told));
        for (var period = 0; period < GoalListenerActor.PeriodsBetweenAsks; period++)
        {
            // Whatever it hears: the flight may take it for gone, and tell it all the same for a while.
            Tell(Accepted("a"));
            Pass(GoalListenerActor.AskPeriod);
        }

        _flights.ExpectMsg<FlightCommands.Board>();
        _flights.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_withdrawal_should_not_be_forgotten_by_a_later_flight()
    {
        _listener.Tell(new GoalCommands.Withdraw(Goal("a").Id, "at once"));
        _flights.ExpectMsg<FlightCommands.Board>();
        Assert.Equal("at once", _flights.ExpectMsg<FlightCommands.Leave>().Reason);
        Tell(Accepted("a"));
        Sys.Stop(_flight);
        _flights.ExpectMsg<FlightCommands.Board>();
        Assert.Equal("at once", _flights.ExpectMsg<FlightCommands.Leave>().Reason);
    }

    [Fact]
    public async Task A_caller_should_not_be_left_waiting()
    {
        _listener.Tell(new FlightEvents.Failed(Goal("a").Id, "no coordinator could be reached"), _flight);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _answer.Task.WaitAsync(Seconds(10)));
        Assert.Contains("no coordinator could be reached", failure.Message);
    }

    [Fact]
    public async Task A_goal_that_its_flights_die_of_should_be_given_up()
    {
        for (var life = 0; life < GoalListenerActor.MostShortLives; life++)
        {
            _flights.ExpectMsg<FlightCommands.Board>();
            var flight = CreateTestProbe();
            _listener.Tell(Accepted("a"), flight);
            Sys.Stop(flight);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => _answer.Task.WaitAsync(Seconds(10)));
    }

    private void Tell(params IGoalEvent[] told)
    {
        foreach (var each in told)
            _listener.Tell(each, _flight);
    }

    private void Pass(TimeSpan span)
    {
        _clock.Advance(span);
        ((TestScheduler)Sys.Scheduler).Advance(span);
    }

    private sealed class Progress(List<IGoalEvent> told) : IProgress<IGoalEvent>
    {
        public void Report(IGoalEvent value) => told.Add(value);
    }
}
