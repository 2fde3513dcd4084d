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
    public void Whoever_boards_again_and_has_its_text_elsewhere_should_take_the_races_text_along() =>
        Assert.Equal([new FlightEffect.MoveText("elsewhere")], _world.At(0, Board(Goal("a")), Nothing).At(1, Board(Goal("a"), left: 9) with { Source = "elsewhere" }).Last);

    [Fact]
    public void Nobody_should_be_given_what_is_known_to_be_contradicted()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(1, Told(1, Settled("a", Verdict.Proved, 1)), new FlightHappening.Contradicted()).At(2, Board(Goal("b")));
        Assert.Equal(["a", "b"], _world.Races.Select(race => race.Goal.Id.Value));
        Assert.Empty(_world.At(3, new FlightHappening.Kept()).Last);
    }

    [Fact]
    public void Whoever_wants_a_fresh_verdict_should_have_a_race_also_while_one_is_kept()
    {
        var world = new FlightWorld(FlightName.Of(Name.Key, EvenTexts.Goal with { IsFresh = true }));
        world.At(0, Board(Goal("a"))).At(1, Told(1, Settled("a", Verdict.Proved, 1))).At(1.001, Board(Goal("b")));
        Assert.Equal(["a", "b"], world.Races.Select(race => race.Goal.Id.Value));
    }

    [Fact]
    public void A_flight_that_is_called_into_being_by_a_withdrawal_should_end() => Assert.True(_world.At(0, Depart("a")).IsFinished);

    [Fact]
    public void A_race_that_cannot_be_had_should_be_told_to_all()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b"))).At(1, new FlightHappening.RaceFailed(1, "lost"));
        Assert.Equal([("a", "lost"), ("b", "lost")], _world.All.OfType<FlightEffect.Fail>().Select(fail => (fail.Goal.Value, fail.Why)).Order());
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
        var wide = FlightName.Of(Name.Key, EvenTexts.Goal with { Limits = EvenTexts.Goal.Limits with { MemoryBytes = EvenTexts.Goal.Limits.MemoryBytes + 1 } });
        Assert.Equal(4, new[] { Name, slow, late, wide }.Select(name => name.ToString()).Distinct().Count());
        Assert.True(FlightName.TryParse(late.ToString(), out var read));
        Assert.Equal(late, read);
        Assert.All(
            new[] { ".va01", ".xa0", ".vx0", ".va", ".v", ".", "", ".va+1", ".va99999999999" },
            words => Assert.False(FlightName.TryParse($"{Name.Key}{words}.{Name.Caps}", out _)));
        Assert.All(new[] { "", ".", ".0", "." + Name.Caps.ToUpperInvariant() + "A", "." + Name.Caps[..15] + "G" }, words => Assert.False(FlightName.TryParse($"{Name.Key}.va0{words}", out _)));
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

    [Fact]
    public void Who_waits_already_should_not_take_a_withdrawal_back_by_asking_again_and_a_newcomer_should()
    {
        _world.At(0, Board(Goal("a")), Nothing).At(1, Depart("a")).At(2, Board(Goal("a")) with { IsAgain = true });
        Assert.False(_world.Flight.Riders[GoalId.Parse("a")].WantsAnswer);
        _world.At(3, Board(Goal("a")));
        Assert.True(_world.Flight.Riders[GoalId.Parse("a")].WantsAnswer);
    }
}
