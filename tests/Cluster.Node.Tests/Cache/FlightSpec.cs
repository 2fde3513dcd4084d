using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Who shares a race, whose it is, and what its end means to each.</summary>
public sealed class FlightSpec
{
    private readonly FlightWorld _world = new();

    [Fact]
    public void What_the_cache_has_should_be_answered_without_a_race_and_with_where_it_comes_from()
    {
        _world.At(0, Board(Goal("a")), Board(Goal("b"), left: 8)).At(0.5, new FlightHappening.LookedUp(Hit));
        Assert.Empty(_world.Races);
        Assert.True(_world.IsFinished);
        Assert.Equal(["Accepted", "Decided", "Settled"], _world.Told("b").Select(told => told.GetType().Name));
        var answer = _world.Answer("b");
        Assert.Equal((Verdict.Proved, SzsStatus.Unsatisfiable, Z3, Seconds(2.5)), (answer.Verdict, answer.Szs, answer.Winner!.Backend, answer.Settled));
        Assert.Equal("b.smt2", answer.Name);
        Assert.Empty(answer.Runs);
        Assert.Equal((true, From), (answer.Origin!.IsCached, answer.Origin.Verdict));
    }

    [Fact]
    public void Of_those_who_came_while_the_cache_was_asked_the_one_with_the_most_time_should_have_the_race()
    {
        _world.At(0, Board(Goal("a", 5)), Board(Goal("b", 10)), Board(Goal("c", 7)));
        Assert.Single(_world.All.OfType<FlightEffect.LookUp>());
        _world.At(0.1, Nothing);
        var race = Assert.Single(_world.Races);
        Assert.Equal((GoalId.Parse("b"), "at-b", Seconds(9.9)), (race.Goal.Id, race.Source, race.Had));
    }

    [Fact]
    public void A_decided_race_should_answer_all_each_under_its_own_id_and_by_its_own_clock()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(1, Told(1, Accepted("a")), Told(1, Started("a", 1)))
            .At(2, Board(Goal("b"))).At(5, Told(1, Decided("a", 5))).At(6, Told(1, Settled("a", Verdict.Proved, 6)));
        Assert.Single(_world.Races);

        var (own, shared) = (_world.Answer("a"), _world.Answer("b"));
        Assert.Equal((null, Seconds(6)), (own.Origin, own.Settled));
        Assert.Equal((Seconds(3.9), Seconds(4)), (shared.Decided, shared.Settled));
        Assert.False(shared.Origin!.IsCached);
        Assert.Equal((Z3, BeganAt + 6_000, BeganAt), (shared.Origin.Verdict!.Backend, shared.Origin.Verdict.SettledAt, shared.Origin.Verdict.AcceptedAt));
        Assert.All(shared.Runs, row => Assert.Equal(GoalId.Parse("b"), row.Run.Goal));
        Assert.Equal((TimeSpan.Zero, Seconds(4)), (shared.Runs[0].Times.Started, shared.Runs[0].Times.Ended));
        Assert.Equal(["Accepted", "RunStarted", "Decided", "Settled"], _world.Told("b").Select(told => told.GetType().Name));
        Assert.Equal([Seconds(0)], _world.Told("b").OfType<GoalEvents.RunStarted>().Select(started => started.At));
        Assert.DoesNotContain(_world.Told("b"), told => told.ToString()!.Contains("Value = a "));
    }

    [Fact]
    public void A_decided_race_should_be_kept_and_those_who_come_meanwhile_be_answered_from_it()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(1, Told(1, Settled("a", Verdict.Proved, 1)));
        var keep = Assert.Single(_world.All.OfType<FlightEffect.Keep>());
        Assert.Equal((Verdict.Proved, Z3, "node", Seconds(0.9)), (keep.Verdict.Verdict, keep.Verdict.Provenance.Backend, keep.Verdict.Provenance.Node, keep.Verdict.Provenance.Decided));
        Assert.False(_world.IsFinished);
        _world.At(2, Board(Goal("b")));
        Assert.True(_world.Answer("b").Origin!.IsCached);
        Assert.Single(_world.Races);
        Assert.IsType<FlightEffect.Finish>(Assert.Single(_world.At(3, new FlightHappening.Kept()).Last));
    }

    [Fact]
    public void What_came_from_the_cache_should_not_be_kept_again()
    {
        _world.At(0, Board(Goal("a")), new FlightHappening.LookedUp(Hit)).At(1, Board(Goal("b")));
        Assert.True(_world.Answer("b").Origin!.IsCached);
        Assert.Empty(_world.All.OfType<FlightEffect.Keep>());
    }

    [Fact]
    public void A_contradiction_should_be_told_to_all_and_evict_what_is_there()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b", 100))).At(1, Told(1, Decided("a", 1)), Told(1, Settled("a", Verdict.Unknown, 2, RunOutcome.Disagreed)));
        Assert.Equal((Verdict.Unknown, Verdict.Unknown), (_world.Answer("a").Verdict, _world.Answer("b").Verdict));
        Assert.Equal("why", Assert.Single(_world.All.OfType<FlightEffect.Evict>()).Words);
        Assert.Empty(_world.All.OfType<FlightEffect.Keep>());
        Assert.True(_world.At(3, new FlightHappening.Kept()).IsFinished);
    }

    [Fact]
    public void The_goal_whose_race_it_is_should_be_answered_when_it_is_given_up_and_the_race_go_on_with_a_text_that_is_there()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b"))).At(1, Told(1, Accepted("a")), Told(1, Started("a", 1))).At(2, Depart("a"));
        Assert.Equal([new FlightEffect.MoveText("at-b")], _world.Last.Skip(1));
        var answer = _world.Answer("a");
        Assert.Equal((Verdict.Withdrawn, "given up", Seconds(2), null), (answer.Verdict, answer.Reason, answer.Settled, answer.Origin));
        Assert.Equal([("z3", RunOutcome.Withdrawn, Seconds(1)), ("cvc5", RunOutcome.Withdrawn, null)], answer.Runs.Select(row => (row.Run.Backend.Value, row.Outcome, row.Times.Started)));

        _world.At(5, Told(1, Decided("a", 5)), Told(1, Settled("a", Verdict.Proved, 5)));
        Assert.Equal(Verdict.Proved, _world.Answer("b").Verdict);
        Assert.Single(_world.Races);
    }

    [Fact]
    public void A_race_whose_text_nobody_else_has_should_be_begun_anew_for_the_others()
    {
        _world.At(0, Board(Goal("a", text: "crlf")), Nothing, Board(Goal("b"))).At(2, Depart("a"));
        Assert.Equal([("a", 1), ("b", 2)], _world.Races.Select(race => (race.Goal.Id.Value, race.Number)));
        _world.At(3, Told(1, Settled("a", Verdict.Withdrawn, 3))).At(4, Told(2, Settled("b", Verdict.Proved, 4)));
        Assert.Null(_world.Answer("b").Origin);
    }

    [Fact]
    public void The_last_one_that_is_given_up_should_end_the_race_and_hear_its_end()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b"))).At(1, Depart("b")).At(2, Depart("a"), Depart("a"));
        Assert.Equal("given up", Assert.Single(_world.All.OfType<FlightEffect.Withdraw>()).Reason);
        Assert.False(_world.IsAnswered("a"));
        _world.At(3, Told(1, Settled("a", Verdict.Withdrawn, 3)));
        Assert.Equal(2, _world.Answer("a").Runs.Count);
        Assert.True(_world.IsFinished);
    }

    [Fact]
    public void Somebody_who_comes_while_the_race_is_given_up_should_get_it_anew()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(1, Depart("a", isGone: true)).At(2, Board(Goal("a")), Board(Goal("b", 5)))
            .At(3, Told(1, Settled("a", Verdict.Withdrawn, 3)));
        Assert.Equal(["a", "a"], _world.Races.Select(race => race.Goal.Id.Value));
        Assert.True(_world.All.OfType<FlightEffect.Race>().Last().IsAnew);
        Assert.False(_world.IsAnswered("a") || _world.IsAnswered("b"));
    }

    [Fact]
    public void A_goal_whose_time_is_up_should_be_answered_and_the_race_go_on()
    {
        _world.At(0, Board(Goal("a", 60)), Nothing, Board(Goal("b", 5))).At(1, Told(1, Accepted("a")), Told(1, Started("a", 1))).At(5, Deadline("b"), Deadline("b"));
        var answer = _world.Answer("b");
        Assert.Equal((Verdict.Unknown, Seconds(5)), (answer.Verdict, answer.Settled));
        Assert.Equal("z3 timed out: the goal's deadline; cvc5 timed out: the goal's deadline", answer.Reason);
        Assert.All(answer.Runs, row => Assert.Equal((RunOutcome.TimedOut, RunCodes.TimedOut), (row.Outcome, row.Code)));
        Assert.False(_world.IsAnswered("a"));
    }

    [Fact]
    public void The_race_of_a_goal_whose_time_is_up_should_end_by_itself()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(10, Deadline("a"));
        Assert.Empty(_world.Last);
        _world.At(10.1, Told(1, Settled("a", Verdict.Unknown, 10.1)));
        Assert.Equal(2, _world.Answer("a").Runs.Count);
    }

    [Fact]
    public void What_is_decided_should_be_answered_also_to_those_who_give_up_or_are_late_just_then()
    {
        _world.At(0, Board(Goal("a", 60)), Nothing, Board(Goal("b", 5))).At(4.9, Told(1, Decided("a", 4.9))).At(5, Deadline("b"), Depart("b"), Depart("a"))
            .At(5.1, Told(1, Settled("a", Verdict.Proved, 5.1)));
        Assert.Equal((Verdict.Proved, Verdict.Proved), (_world.Answer("a").Verdict, _world.Answer("b").Verdict));
    }

    [Fact]
    public void Many_that_come_at_once_should_have_one_race_whatever_its_end()
    {
        _world.At(0, Board(Goal("g0")), Nothing);
        for (var number = 1; number < 200; number++)
            _world.At(number * 0.001, Board(Goal($"g{number}")));
        _world.At(10.1, Told(1, Settled("g0", Verdict.Unknown, 10.1)));
        Assert.Single(_world.Races);
        Assert.All(Enumerable.Range(0, 200), number => Assert.Equal("why", _world.Answer($"g{number}").Reason));
        Assert.True(_world.IsFinished);
    }

    [Fact]
    public void One_that_came_late_should_be_answered_by_a_race_that_had_as_much_time_as_its_own_would_have_had()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(9, Board(Goal("b"))).At(10.1, Told(1, Settled("a", Verdict.Unknown, 10.1)));
        Assert.Equal((Verdict.Unknown, Seconds(1.1)), (_world.Answer("b").Verdict, _world.Answer("b").Settled));
        Assert.Null(_world.Answer("b").Origin!.Verdict);
    }

    [Theory]
    [InlineData(60, 100, true)]
    [InlineData(10, 200, true)]
    [InlineData(10, 50, false)]
    public void One_that_may_use_more_should_be_raced_for_anew_with_what_is_left_of_its_time(double timeout, int memory, bool isRacedAnew)
    {
        _world.At(0, Board(Goal("a")), Nothing).At(0, Board(Goal("b", timeout + 10, memory: memory), left: timeout)).At(9.5, Told(1, Settled("a", Verdict.Unknown, 10.1)));
        Assert.True(_world.IsAnswered("a"));
        Assert.Equal(isRacedAnew, _world.Races.Any(race => race.Number == 2));
        if (!isRacedAnew)
            return;
        Assert.Equal(("b", Seconds(timeout - 9.5)), (_world.Races.Last().Goal.Id.Value, _world.Races.Last().Had));
        _world.At(9.6, Told(2, Settled("b", Verdict.Proved, 19.6)));
        Assert.Null(_world.Answer("b").Origin);
    }

    [Fact]
    public void More_time_should_be_no_other_chance_when_all_provers_gave_up_by_themselves()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b", 600))).At(3, Told(1, Settled("a", Verdict.Unknown, 3)));
        Assert.Equal("why", _world.Answer("b").Reason);
        Assert.Single(_world.Races);
    }

    [Fact]
    public void A_flight_that_is_called_into_being_by_a_withdrawal_should_end() => Assert.True(_world.At(0, Depart("a")).IsFinished);

    [Fact]
    public void A_race_that_cannot_be_had_should_be_told_to_all()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b"))).At(1, new FlightHappening.RaceFailed(1, "lost"));
        Assert.Equal([("a", "lost"), ("b", "lost")], _world.All.OfType<FlightEffect.Fail>().Select(fail => (fail.Goal.Value, fail.Why)));
        Assert.True(_world.IsFinished);
    }

    [Fact]
    public void What_an_ended_race_tells_should_not_be_heard()
    {
        _world.At(0, Board(Goal("a", text: "crlf")), Nothing, Board(Goal("b"))).At(2, Depart("a")).At(3, Told(1, Decided("a", 3)), new FlightHappening.RaceFailed(1, "lost"));
        Assert.Empty(_world.Last);
        Assert.DoesNotContain(_world.Told("b"), told => told is GoalEvents.Decided);
    }

    [Fact]
    public void Who_asks_again_should_be_told_the_story_again()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(1, Told(1, Accepted("a")), Told(1, Accepted("a")), Told(1, Started("a", 1))).At(2, Board(Goal("a"), left: 8));
        Assert.Equal(["Accepted", "RunStarted", "Accepted", "RunStarted"], _world.Told("a").Select(told => told.GetType().Name));
        Assert.Single(_world.Flight.Riders);
    }

    [Fact]
    public void A_race_that_is_handed_over_should_go_on_for_those_who_board_again()
    {
        _world.At(0, new FlightHappening.Resumed(Goal("a"), "there", Seconds(4), Seconds(10)), Board(Goal("b"), left: 6)).At(1, Told(1, Accepted("a")));
        var race = Assert.Single(_world.Races);
        Assert.Equal((GoalId.Parse("a"), Seconds(-4), "there"), (race.Goal.Id, race.AcceptedAt, race.Source));
        Assert.Empty(_world.All.OfType<FlightEffect.LookUp>());
        _world.At(2, Told(1, Settled("a", Verdict.Proved, 6)));
        Assert.Equal(Seconds(6), _world.Answer("b").Settled);
    }

    [Fact]
    public void A_race_that_is_handed_over_and_that_nobody_wants_should_end()
    {
        _world.At(0, new FlightHappening.Resumed(Goal("a"), "there", Seconds(4), Seconds(10))).At(10, new FlightHappening.NobodyCame());
        Assert.Null(_world.Flight.Race);
        Assert.True(_world.IsFinished);
    }

    [Fact]
    public void Nobody_should_share_a_race_that_is_slower_than_the_one_that_was_asked_for()
    {
        var slow = FlightName.Of(Name.Key, EvenTexts.Goal with { Strategy = Strategy.Sequential });
        var late = FlightName.Of(Name.Key, EvenTexts.Goal with { Priority = -7 });
        Assert.Equal(3, new[] { Name.ToString(), slow.ToString(), late.ToString() }.Distinct().Count());
        Assert.True(FlightName.TryParse(late.ToString(), out var read));
        Assert.Equal(late, read);
        Assert.All(
            new[] { ".va01", ".va0.", ".xa0", ".vx0", ".va", ".v", ".", "", ".va+1", ".va99999999999" },
            words => Assert.False(FlightName.TryParse(Name.Key + words, out _)));
    }

    [Fact]
    public void A_goal_that_wants_a_model_or_a_fresh_verdict_should_not_be_answered_from_the_cache()
    {
        foreach (var name in new[] { FlightName.Of(Name.Key, EvenTexts.Goal with { KeepOutput = true }), FlightName.Of(Name.Key, EvenTexts.Goal with { IsFresh = true }) })
        {
            Assert.NotEqual(Name.ToString(), name.ToString());
            Assert.True(FlightName.TryParse(name.ToString(), out var read));
            Assert.Equal(name, read);
            Assert.IsType<FlightEffect.Race>(Assert.Single(new FlightWorld(name).At(0, Board(Goal("a"))).Last));
        }

        Assert.False(FlightName.TryParse(Name.Key.Value, out _) || FlightName.TryParse(Name + "v", out _) || FlightName.TryParse(null, out _));
    }
}
