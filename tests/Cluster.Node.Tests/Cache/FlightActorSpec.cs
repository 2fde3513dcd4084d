using Akka.Actor;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>The thin shell of a flight: messages in, happenings; effects out, sends and timers.</summary>
public sealed class FlightActorSpec : FlightActorWorld
{
    [Fact]
    public void A_goal_should_be_raced_its_verdict_kept_and_the_next_one_be_answered_without_a_race()
    {
        var first = Board(Goal("a"));
        Race("a", Accepted("a"), Decided("a", 1), Settled("a", Verdict.Proved, 1));
        Assert.Null(Answer(first).Origin);
        AwaitAssert(() => Assert.Equal((Name.Key.Value, Verdict.Proved, GoalLanguage.SmtLib2), Assert.Single(_cache.Entries) is var kept ? (kept.Key, kept.Verdict, kept.Language) : default));

        var answer = Answer(Board(Goal("b")));
        Assert.Equal((Verdict.Proved, true, Z3), (answer.Verdict, answer.Origin!.IsCached, answer.Origin.Verdict!.Backend));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Goals_that_come_at_once_should_share_one_race()
    {
        var listeners = Enumerable.Range(0, 50).Select(number => (Id: $"g{number}", Probe: Board(Goal($"g{number}")))).ToArray();
        var leader = _goals.ExpectMsg<GoalCommands.Submit>().What.Id.Value;
        Tell(_goals.LastSender, Accepted(leader), Settled(leader, Verdict.Proved, 1));
        Assert.All(listeners, each => Assert.Equal(GoalId.Parse(each.Id), Answer(each.Probe).Id));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void The_death_of_the_last_one_who_waits_should_withdraw_the_race()
    {
        var (a, b) = (Board(Goal("a")), Board(Goal("b")));
        var leader = Submitted(Accepted).What.Id.Value;
        var other = leader == "a" ? b : a;
        other.ExpectMsg<GoalEvents.Accepted>();
        var flight = Watch(other.LastSender);
        Watch(other);
        Sys.Stop(other);
        ExpectTerminated(other);
        this.HasHeard(flight);
        Pass(2);
        this.HasHeard(flight);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Sys.Stop(leader == "a" ? a : b);
        Assert.Equal(leader, IsWithdrawn().Goal.Value);
    }

    [Fact]
    public void A_goal_that_is_asked_for_from_elsewhere_a_moment_after_all_who_waited_are_gone_should_find_its_race_at_work()
    {
        var first = Board(Goal("a"));
        Submitted(Accepted);
        first.ExpectMsg<GoalEvents.Accepted>();
        var (race, flight) = (_goals.LastSender, first.LastSender);
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        this.HasHeard(flight);
        Pass(1);
        var second = Board(Goal("a"));
        second.ExpectMsg<GoalEvents.Accepted>();
        Pass(10);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Tell(race, Settled("a", Verdict.Proved, 11));
        Assert.Equal(Verdict.Proved, Answer(second).Verdict);
    }

    [Fact]
    public void One_who_waits_and_is_only_said_to_be_gone_should_be_answered_all_the_same()
    {
        var a = Board(Goal("a"));
        Submitted(Accepted);
        a.ExpectMsg<GoalEvents.Accepted>();
        a.Ref.IsSaidToBeGone(a.LastSender);
        Tell(_goals.LastSender, Settled("a", Verdict.Proved, 1));
        Assert.Equal(Verdict.Proved, Answer(a).Verdict);
    }

    [Fact]
    public void A_race_should_be_withdrawn_when_those_who_are_said_to_be_gone_have_not_come_back_in_time()
    {
        var (one, other) = (Board(Goal("a")), Board(Goal("a")));
        Submitted(Accepted);
        one.ExpectMsg<GoalEvents.Accepted>();
        one.Ref.IsSaidToBeGone(one.LastSender);
        Sys.Stop(other);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(9);
        Board(Goal("a"), by: one);
        one.FishForMessage<GoalEvents.Accepted>(_ => true);
        Pass(9);
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        one.Ref.IsSaidToBeGone(one.LastSender);
        AwaitAssert(() =>
        {
            Pass(10);
            Assert.Equal("a", _goals.ExpectMsg<GoalCommands.Withdraw>(TimeSpan.FromMilliseconds(50)).Goal.Value);
        });
        one.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Whoever_was_only_said_to_be_gone_should_not_be_told_that_the_goal_is_withdrawn_while_others_have_it_raced()
    {
        var (a, b) = (Board(Goal("a", 600)), Board(Goal("b", 600)));
        Submitted(Accepted);
        a.ExpectMsg<GoalEvents.Accepted>();
        b.ExpectMsg<GoalEvents.Accepted>();
        var flight = a.LastSender;
        a.Ref.IsSaidToBeGone(flight);
        // That comes behind what it is asked now.
        this.HasHeard(flight);
        this.HasHeard(flight);
        Pass(10);
        this.HasHeard(flight);
        a.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        // Nobody but the other has kept the race.
        Sys.Stop(b);
        IsWithdrawn();
        Board(Goal("a", 600), by: a);
        a.ExpectMsg<GoalEvents.Accepted>();
    }

    [Fact]
    public void Who_leaves_before_it_is_found_should_be_withdrawn_then_whoever_else_is_found_first()
    {
        var (flight, b) = (Flight(_flights), Sys.Unseen("b"));
        flight.Tell(new FlightCommands.Board(Name.ToString(), Goal("b"), "", Seconds(10)), b);
        Leave("b", b, flight);
        var a = Board(Goal("a"), to: flight);
        Assert.Equal("a", Submitted(Accepted).What.Id.Value);
        flight.Tell(new ActorIdentity("", b), b);
        Leave("a", a, flight);
        // Else it is raced for the other.
        _goals.ExpectMsg<GoalCommands.Withdraw>();
    }

    [Fact]
    public void Who_boards_and_leaves_a_new_flight_should_hear_that_it_is_withdrawn()
    {
        // Else it may be raced by the time that it is withdrawn.
        _cache.IsSilent = true;
        var a = Board(Goal("a"));
        Leave("a", a);
        Assert.Equal(Verdict.Withdrawn, Answer(a).Verdict);
    }

    [Fact]
    public void When_the_goal_whose_race_it_is_goes_its_text_should_be_found_with_another_before_the_first_listener_stops()
    {
        var a = Board(Goal("a"));
        Submitted(Accepted);
        var first = _goals.LastSender;
        Watch(first);
        var b = Board(Goal("b"));
        b.ExpectMsg<GoalEvents.Accepted>();
        Leave("a", a);
        Assert.Equal(Verdict.Withdrawn, Answer(a).Verdict);
        var moved = _goals.ExpectMsg<GoalCommands.Submit>();
        Assert.Equal(("a", "at-b"), (moved.What.Id.Value, moved.Source));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Tell(_goals.LastSender, Accepted("a"));
        ExpectTerminated(first);
        Tell(_goals.LastSender, Settled("a", Verdict.Proved, 2));
        Assert.Equal(Verdict.Proved, Answer(b).Verdict);
    }

    [Fact]
    public void A_goal_should_be_answered_at_its_own_deadline()
    {
        Board(Goal("a", 60));
        Submitted(Accepted);
        var b = Board(Goal("b", 5));
        b.ExpectMsg<GoalEvents.Accepted>();
        Pass(5);
        Assert.Equal((Verdict.Unknown, Seconds(5)), Answer(b) is var answer ? (answer.Verdict, answer.Settled) : default);
        Assert.Equal(Seconds(3), Answer(Board(Goal("c", 3), left: 0)).Settled);
    }

    [Fact]
    public void A_race_of_one_that_has_left_should_be_withdrawn_when_the_time_of_the_last_one_is_up()
    {
        var a = Board(Goal("a", 60));
        Submitted(Accepted);
        var b = Board(Goal("b", 5));
        b.ExpectMsg<GoalEvents.Accepted>();
        Leave("a", a);
        Answer(a);
        _goals.ExpectMsg<GoalCommands.Submit>();
        Pass(5);
        Assert.Equal(Verdict.Unknown, Answer(b).Verdict);
        Assert.Equal("a", _goals.FishForMessage<GoalCommands.Withdraw>(_ => true).Goal.Value);
    }

    [Fact]
    public void What_is_left_of_its_time_should_be_raced_anew_by_one_that_has_more()
    {
        var (a, b) = (Board(Goal("a", 10)), CreateTestProbe());
        Submitted(Accepted);
        Board(Goal("b", 60), by: b);
        b.ExpectMsg<GoalEvents.Accepted>();
        Pass(10);
        Tell(_goals.LastSender, Settled("a", Verdict.Unknown, 10));
        Answer(a);
        Assert.Equal(("b", Seconds(50)), _goals.ExpectMsg<GoalCommands.Submit>() is var submit ? (submit.What.Id.Value, submit.Left) : default);
        b.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_goal_that_comes_back_while_its_race_is_given_up_should_be_raced_anew_once_its_coordinator_is_gone()
    {
        var first = Board(Goal("a"));
        Submitted(Accepted);
        Sys.Stop(first);
        IsWithdrawn();
        var second = Board(Goal("a"));
        second.ExpectMsg<GoalEvents.Accepted>();
        Tell(_goals.LastSender, Settled("a", Verdict.Withdrawn, 1));
        _goals.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Pass(0.1);
        Race("a", Accepted("a"), Settled("a", Verdict.Proved, 2));
        Assert.Equal(Verdict.Proved, Answer(second).Verdict);
    }

    [Fact]
    public void A_race_that_cannot_be_had_should_be_told_to_those_who_wait()
    {
        var a = Board(Goal("a"));
        _goals.ExpectMsg<GoalCommands.Submit>();
        Sys.Stop(_goals.LastSender);
        Assert.Contains("was settled", a.ExpectMsg<FlightEvents.Failed>().Why);
    }

    /// <summary>As when its node ends: the answer that it has not given is nobody's.</summary>
    [Fact]
    public void A_race_that_dies_should_be_no_end_of_a_goal()
    {
        var a = Board(Goal("a"));
        Submitted(Accepted);
        a.ExpectMsg<GoalEvents.Accepted>();
        var flight = Watch(a.LastSender);
        Sys.Stop(_race);
        ExpectTerminated(flight);
        a.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Board(Goal("a"), by: a);
        Submitted(Accepted);
        a.ExpectMsg<GoalEvents.Accepted>();
    }

    /// <summary>Some time after the last one who waited is gone.</summary>
    private GoalCommands.Withdraw IsWithdrawn()
    {
        GoalCommands.Withdraw? withdraw = null;
        AwaitAssert(() =>
        {
            Pass(2);
            withdraw = _goals.ExpectMsg<GoalCommands.Withdraw>(TimeSpan.FromMilliseconds(50));
        });
        return withdraw!;
    }
}
