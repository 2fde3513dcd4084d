using Akka.Actor;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Goals;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>A flight that goes on in another life, and begins nothing for somebody who is gone.</summary>
public sealed class FlightHandOverSpec : FlightActorWorld
{
    /// <summary>It was held up while the flight's shard moved, and whoever asked has had the answer since.</summary>
    [Fact]
    public void A_goal_should_not_be_raced_for_somebody_who_is_gone()
    {
        Resume(Goal("a"));
        Board(Goal("a"), by: this.Gone());
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(10);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Board(Goal("b"));
        Assert.Equal("b", Submitted(Accepted).What.Id.Value);
    }

    [Fact]
    public void A_flight_that_was_handed_over_should_go_on_when_somebody_boards()
    {
        Resume(Goal("a"));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        var b = Board(Goal("b"));
        // Its coordinator may have moved as well, and be the later one to come.
        Assert.Equal(("a", true), Submitted(Accepted) is var submit ? (submit.What.Id.Value, submit.IsMoving) : default);
        b.ExpectMsg<GoalEvents.Accepted>();

        // Its text is found elsewhere from now on.
        var a = Board(Goal("a"), left: 9);
        a.ExpectMsg<GoalEvents.Accepted>();
        Board(Goal("a"), by: a);
        Assert.Equal(("at-a", true), _goals.ExpectMsg<GoalCommands.Submit>() is var moved ? (moved.Source, moved.IsMoving) : default);
    }

    /// <summary>Those who wait hear that the last life is gone, and may be quicker than what that has handed over.</summary>
    [Fact]
    public void A_race_that_is_on_its_way_should_be_waited_for_by_all()
    {
        var flight = Flight(_flights);
        var (b, c) = (Board(Goal("b"), to: flight, isMoving: true), Board(Goal("c"), to: flight));
        this.HasHeard(flight);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Resume(Goal("a"), flight);
        Assert.Equal("a", Submitted(Accepted).What.Id.Value);
        Assert.Equal(("b", "c"), (b.ExpectMsg<GoalEvents.Accepted>().Id.Value, c.ExpectMsg<GoalEvents.Accepted>().Id.Value));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    /// <summary>Whoever asked without knowing is being looked for when somebody comes who knows.</summary>
    [Fact]
    public void A_race_that_is_on_its_way_should_be_waited_for_by_those_who_asked_before()
    {
        var flight = Flight(_flights);
        var far = Sys.Unseen("c");
        flight.Tell(new FlightCommands.Board(Name.ToString(), Goal("c"), "at-c", Seconds(10)), far);
        Board(Goal("b"), to: flight, isMoving: true);
        flight.Tell(new ActorIdentity("who waits for an answer", far), far);
        this.HasHeard(flight);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Resume(Goal("a"), flight);
        Assert.Equal("a", Submitted(Accepted).What.Id.Value);
    }

    [Fact]
    public void A_race_that_was_lost_on_its_way_should_be_begun_anew()
    {
        var flight = Flight(_flights);
        Board(Goal("b"), to: flight, isMoving: true);
        this.HasHeard(flight);
        EventFilter.Info(contains: "was said to be on its way here and has not come").ExpectOne(() => Pass(3));
        // With the same deadline as before.
        Assert.Equal(("b", Seconds(7)), Submitted(Accepted) is var submit ? (submit.What.Id.Value, submit.Left) : default);
    }

    [Fact]
    public void Whoever_is_found_while_a_race_is_on_its_way_should_keep_its_deadline()
    {
        var flight = Flight(_flights);
        var far = Sys.Unseen("c");
        flight.Tell(new FlightCommands.Board(Name.ToString(), Goal("c"), "at-c", Seconds(10)), far);
        Board(Goal("b"), left: 5, to: flight, isMoving: true);
        flight.Tell(new ActorIdentity("who waits for an answer", far), far);
        this.HasHeard(flight);
        Pass(3);
        Assert.Equal(("c", Seconds(7)), Submitted(Accepted) is var submit ? (submit.What.Id.Value, submit.Left) : default);
    }

    [Fact]
    public void A_goal_that_has_waited_for_a_race_on_its_way_should_be_answered_when_its_time_is_up()
    {
        var flight = Flight(_flights);
        var b = Board(Goal("b"), left: 4, to: flight, isMoving: true);
        this.HasHeard(flight);
        Pass(2.5);
        Resume(Goal("a"), flight);
        Submitted(Accepted);
        b.ExpectMsg<GoalEvents.Accepted>();
        Pass(1.5);
        Assert.Equal(Verdict.Unknown, Answer(b).Verdict);
    }

    [Fact]
    public void A_race_that_is_on_its_way_should_be_waited_for_although_somebody_who_had_asked_is_gone()
    {
        Board(Goal("c"), by: this.Gone());
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(8);
        var b = Board(Goal("b"), isMoving: true);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(2.5);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Resume(Goal("a"));
        Assert.Equal("a", Submitted(Accepted).What.Id.Value);
        b.ExpectMsg<GoalEvents.Accepted>();
    }

    /// <summary>Nothing is on its way then.</summary>
    [Fact]
    public void A_flight_that_moves_without_a_race_should_not_say_that_one_is_on_its_way()
    {
        _cache.IsSilent = true;
        var next = CreateTestProbe();
        var flight = Flight(next);
        var a = Board(Goal("a"), to: flight);
        // Whoever boards is found in between.
        this.HasHeard(flight);
        this.HasHeard(flight);
        flight.Tell(LeaveFlight.Instance);
        Assert.False(next.ExpectMsg<FlightCommands.Board>().IsMoving);
        a.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_flight_that_moves_should_board_for_those_who_wait_after_its_race()
    {
        var next = CreateTestProbe();
        var flight = Flight(next);
        Board(Goal("a"), to: flight);
        Submitted(Accepted);
        flight.Tell(LeaveFlight.Instance);
        next.ExpectMsg<FlightCommands.Resume>();
        Assert.True(next.ExpectMsg<FlightCommands.Board>().IsMoving);
    }

    [Fact]
    public void A_goal_that_is_given_up_while_its_race_is_on_its_way_should_be_withdrawn_from_it()
    {
        var flight = Flight(_flights);
        var a = Board(Goal("a"), to: flight, isMoving: true);
        Leave("a", a, flight);
        this.HasHeard(flight);
        Resume(Goal("a"), flight);
        Assert.Equal("a", Submitted(Accepted).What.Id.Value);
        _goals.ExpectMsg<GoalCommands.Withdraw>();
    }

    [Fact]
    public void A_flight_that_is_handed_over_while_the_cache_is_asked_should_go_on()
    {
        _cache.IsSilent = true;
        var flight = Flight(_flights);
        Board(Goal("b"), to: flight);
        // Whoever boards is found in between.
        this.HasHeard(flight);
        this.HasHeard(flight);
        Resume(Goal("a"), flight);
        Assert.Equal("a", Submitted(Accepted).What.Id.Value);
    }

    [Fact]
    public void A_flight_that_moves_before_anybody_has_boarded_should_be_handed_on_as_old_as_it_is()
    {
        var next = CreateTestProbe();
        var flight = Flight(next);
        Resume(Goal("a"), flight);
        this.HasHeard(flight);
        Pass(2);
        flight.Tell(LeaveFlight.Instance);
        Assert.Equal(Seconds(3), next.ExpectMsg<FlightCommands.Resume>().Age);
    }

    [Fact]
    public void A_flight_that_moves_should_go_on_with_its_race_for_those_who_wait()
    {
        var (a, b) = (Board(Goal("a")), CreateTestProbe());
        Submitted(Accepted);
        var before = _goals.LastSender;
        Board(Goal("b"), by: b);
        b.ExpectMsg<GoalEvents.Accepted>();
        // What a shard does, and what the parent does when a flight has nothing more to do.
        _flights.Tell(new Akka.Cluster.Sharding.Passivate(LeaveFlight.Instance), b.LastSender);
        Assert.Equal("a", _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value);
        Assert.NotEqual(before, _goals.LastSender);
        Assert.Equal(("a", "b"), (a.FishForMessage<GoalEvents.Moving>(_ => true).Id.Value, b.ExpectMsg<GoalEvents.Moving>().Id.Value));

        Tell(_goals.LastSender, Accepted("a"), Settled("a", Verdict.Proved, 1));
        Assert.Equal((Verdict.Proved, Verdict.Proved), (Answer(a).Verdict, Answer(b).Verdict));

        // The coordinator keeps the answer for as long as somebody waits for it: the flight's next life may be long in coming.
        Watch(before);
        Tell(before, Settled("a", Verdict.Proved, 1));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        // It does not ask for the goal any more, or that might be raced anew.
        for (var period = 0; period < GoalListenerActor.PeriodsBetweenAsks; period++)
            Pass(GoalListenerActor.AskPeriod.TotalSeconds);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(FlightRaceActor.Linger.TotalSeconds);
        ExpectTerminated(before);
    }

    private void Resume(Goal race, IActorRef? flight = null) => (flight ?? _flights).Tell(new FlightCommands.Resume(Name.ToString(), race, "there", Seconds(1), Seconds(10)), TestActor);
}
