using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Each goal of a flight has its own deadline, and its own chance.</summary>
public sealed class FlightTimeSpec
{
    private readonly FlightWorld _world = new();

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
    [InlineData(60, true)]
    [InlineData(10.5, false)]
    public void One_that_has_more_time_should_be_raced_for_anew_with_what_is_left_of_it(double timeout, bool isRacedAnew)
    {
        _world.At(0, Board(Goal("a")), Nothing).At(0, Board(Goal("b", timeout))).At(10.1, Told(1, Settled("a", Verdict.Unknown, 10.1)));
        Assert.True(_world.IsAnswered("a"));
        Assert.Equal(isRacedAnew, _world.Races.Any(race => race.Number == 2));
        if (!isRacedAnew)
            return;
        Assert.Equal(("b", Seconds(timeout - 10.1)), (_world.Races.Last().Goal.Id.Value, _world.Races.Last().Had));
        _world.At(11, Told(2, Settled("b", Verdict.Proved, 11)));
        Assert.Null(_world.Answer("b").Origin);
    }

    [Fact]
    public void Time_that_a_race_waited_for_slots_should_be_no_chance()
    {
        var settled = Settled("a", Verdict.Unknown, 10.1);
        var late = settled with { Answer = settled.Answer with { Runs = [.. settled.Answer.Runs.Select(row => row with { Times = row.Times with { Started = Seconds(9.1) } })] } };
        _world.At(0, Board(Goal("a")), Nothing).At(9, Board(Goal("b"))).At(10.1, Told(1, late));
        Assert.Equal(["a", "b"], _world.Races.Select(race => race.Goal.Id.Value));
    }

    [Fact]
    public void The_goal_whose_race_it_was_should_have_its_new_deadline_when_it_was_let_go_and_comes_again()
    {
        _world.At(0, Board(Goal("a", 60)), Nothing, Board(Goal("b", 60))).At(1, Told(1, Accepted("a"))).At(50, Depart("a")).At(52, Board(Goal("a", 60)));
        Assert.Equal(["Accepted", "Settled", "Accepted"], _world.Told("a").Select(told => told.GetType().Name));
        _world.At(60.1, Told(1, Settled("a", Verdict.Unknown, 60.1)));
        // As long as its own could have, that race has tried; but not since this one came.
        Assert.Equal(Seconds(8.1), _world.Told("a").OfType<GoalEvents.Settled>().Last().Answer.Settled);
    }

    [Fact]
    public void More_time_should_be_no_other_chance_when_all_provers_gave_up_by_themselves()
    {
        _world.At(0, Board(Goal("a")), Nothing, Board(Goal("b", 600))).At(3, Told(1, Settled("a", Verdict.Unknown, 3)));
        Assert.Equal("why", _world.Answer("b").Reason);
        Assert.Single(_world.Races);
    }
}
