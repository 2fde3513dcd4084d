using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Cache;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>A flight to which things happen one after the other, with all that it did.</summary>
internal sealed class FlightWorld(FlightName? name = null)
{
    private readonly List<FlightEffect> _effects = [];

    public Flight Flight { get; private set; } = Flight.Begin(name ?? FlightStory.Name, FlightStory.BeganAt);

    /// <summary>What was done at the last happening.</summary>
    public IReadOnlyList<FlightEffect> Last { get; private set; } = [];

    public IReadOnlyList<FlightEffect> All => _effects;

    public IEnumerable<FlightRace> Races => _effects.OfType<FlightEffect.Race>().Select(race => race.What);

    public FlightWorld At(double seconds, params FlightHappening[] happenings)
    {
        foreach (var happening in happenings)
        {
            var step = Flight.On(happening, FlightStory.Seconds(seconds));
            (Flight, Last) = (step.Flight, step.Effects);
            _effects.AddRange(step.Effects);
        }

        return this;
    }

    /// <summary>What a goal was told, all in all.</summary>
    public IGoalEvent[] Told(string goal) => [.. _effects.OfType<FlightEffect.Tell>().Select(tell => tell.Event).Where(told => told.Id == GoalId.Parse(goal))];

    /// <summary>Its answer; there is one, and nothing after it.</summary>
    public GoalAnswer Answer(string goal)
    {
        var told = Told(goal);
        Assert.Single(told.OfType<GoalEvents.Settled>());
        return Assert.IsType<GoalEvents.Settled>(told[^1]).Answer;
    }

    public bool IsAnswered(string goal) => Told(goal).OfType<GoalEvents.Settled>().Any();

    public bool IsFinished => _effects.OfType<FlightEffect.Finish>().Any();
}
