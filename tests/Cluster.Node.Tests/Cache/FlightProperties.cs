using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using static ProverCluster.Node.Tests.Cache.FlightStory;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>No order of arrivals, departures and events leaves a goal without its one answer.</summary>
public sealed class FlightProperties
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60);

    private static readonly string[] Ids = ["a", "b", "c"];

    private static readonly FlightHappening[] All =
    [
        .. Ids.SelectMany(id => new FlightHappening[] { Board(GoalOf(id)), Depart(id), Depart(id, isGone: true), Deadline(id) }),
        .. Enumerable.Range(1, 3).SelectMany(race => Ids.SelectMany(id => new FlightHappening[]
        {
            Told(race, Accepted(id)), Told(race, Decided(id, 1)), Told(race, Settled(id, Verdict.Proved, 2)), Told(race, Settled(id, Verdict.Unknown, 20)),
            Told(race, Settled(id, Verdict.Unknown, 2, RunOutcome.Disagreed)), Told(race, Settled(id, Verdict.Withdrawn, 2)), new FlightHappening.RaceFailed(race, "lost"),
        })),
        Nothing, new FlightHappening.LookedUp(Hit), new FlightHappening.Kept(), new FlightHappening.Contradicted(), new FlightHappening.NobodyCame(), new FlightHappening.Resumed(GoalOf("c"), "there", Seconds(1), Seconds(9)),
    ];

    private static readonly FlightHappening[] Ordinary = [.. All.Where(each => each is not FlightHappening.Resumed)];

    /// <summary>As many goals in it as were neither answered nor lost; nobody is told anything after the end.</summary>
    [Fact]
    public void Whoever_boards_should_be_in_it_until_there_is_an_answer() => Check(All, (before, happening, after) =>
    {
        var ended = after.Effects.Select(effect => effect switch
        {
            FlightEffect.Tell { Event: GoalEvents.Settled settled } => settled.Id,
            FlightEffect.Fail fail => fail.Goal,
            _ => null,
        }).OfType<Messages.Ids.GoalId>().ToArray();
        Assert.Equal(ended.Distinct(), ended);
        var gone = happening is FlightHappening.Departed { IsGone: true } departed ? [departed.Goal] : Array.Empty<Messages.Ids.GoalId>();
        var came = happening is FlightHappening.Boarded boarded ? [boarded.Goal.Id] : Array.Empty<Messages.Ids.GoalId>();
        var expected = before.Riders.Keys.Union(came).Except(ended).Except(gone).ToHashSet();
        Assert.True(expected.SetEquals(after.Flight.Riders.Keys));
    });

    [Fact]
    public void Whoever_waits_should_have_something_to_wait_for() => Check(All, (_, _, after) =>
    {
        if (!after.Flight.Riders.IsEmpty)
            Assert.True(after.Flight.IsLooking || after.Flight.Race is not null);
        Assert.False(after.Flight.IsLooking && after.Flight.Race is not null);
    });

    [Fact]
    public void A_race_that_nobody_wants_should_have_been_asked_to_end() => Check(Ordinary, (_, _, after) =>
    {
        if (after.Flight.Race is { } race && !after.Flight.Riders.Values.Any(rider => rider.WantsAnswer))
            Assert.True(race.IsWithdrawn || race.IsDecided);
    });

    [Fact]
    public void A_flight_without_anything_should_have_been_finished() => Check(Ordinary, (before, _, after) =>
    {
        var isIdle = after.Flight is { Race: null, IsLooking: false } && after.Flight.Riders.IsEmpty;
        if (isIdle && (before.Race is not null || before.IsLooking))
            Assert.Contains(after.Effects, effect => effect is FlightEffect.Finish or FlightEffect.Keep or FlightEffect.Evict);
    });

    [Fact]
    public void Only_what_a_race_decided_without_contradiction_should_be_kept() => Check(All, (_, happening, after) =>
    {
        if (after.Effects.Any(effect => effect is FlightEffect.Keep))
            Assert.True(happening is FlightHappening.Told { Event: GoalEvents.Settled { Answer: { Verdict: Verdict.Proved, Origin: null } } });
    });

    private static Goal GoalOf(string id) => Goal(id, id switch { "a" => 5, "b" => 10, _ => 60 }, id == "c" ? "crlf" : "text");

    private static void Check(FlightHappening[] all, Action<Flight, FlightHappening, FlightStep> property) =>
        Prop.ForAll(Gen.ListOf(Gen.Elements(all)).ToArbitrary(), happenings =>
        {
            var (flight, now) = (Flight.Begin(Name, BeganAt), 0.0);
            foreach (var happening in happenings)
            {
                var step = flight.On(happening, Seconds(now += 0.5));
                property(flight, happening, step);
                flight = step.Flight;
            }
        }).Check(Quietly);
}
