using System.Collections.Immutable;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>
/// All goals that ask the same at the same time, as a value. They share one race, and each keeps its id, its deadline and its interest:
/// <list type="bullet">
/// <item>The race is that of whichever goal has the latest deadline when one has to be begun: mostly of the first that comes. It has that goal's id and limits.</item>
/// <item>A goal that is given up, or whose time is up, is answered at once, and the race goes on for the others. Only the last one that wants an answer ends it, and hears its end.</item>
/// <item>A race that decides answers all. One that does not answers those who could have done no better alone; for the others it is raced anew, with what is left of their time.</item>
/// <item>A decisive answer that nobody contradicts is kept for those who come later. A contradiction is told to all, and what the cache has of the text goes.</item>
/// </list>
/// Times are by the flight's own clock, which begins with it.
/// </summary>
internal sealed partial record Flight
{
    private readonly long _beganAt;

    private Flight(FlightName name, long beganAt) => (Name, _beganAt) = (name, beganAt);

    public FlightName Name { get; }

    /// <summary>Who waits.</summary>
    public ImmutableDictionary<GoalId, Rider> Riders { get; private init; } = ImmutableDictionary<GoalId, Rider>.Empty;

    /// <summary>What is under way; null while the cache is asked, and after the end.</summary>
    public FlightRace? Race { get; private init; }

    /// <summary>Whether the cache is being asked.</summary>
    public bool IsLooking { get; private init; }

    /// <summary>A decisive answer, for those who come while it is being kept and would be content with one from the cache.</summary>
    public CacheHit? Landed { get; private init; }

    private int Boarded { get; init; }

    /// <summary>Whether nothing has happened to it yet.</summary>
    public bool IsNew => Races == 0 && !HasLooked && Riders.IsEmpty;

    private bool HasLooked { get; init; }

    private int Races { get; init; }

    private ImmutableHashSet<GoalId> Raced { get; init; } = [];

    /// <param name="name">What is asked.</param>
    /// <param name="beganAt">When its clock begins, in milliseconds of Unix time: for the provenance of what is kept, and nothing else.</param>
    public static Flight Begin(FlightName name, long beganAt) => new(name, beganAt);

    /// <summary>What the flight is after something happened, and what to do about it. Never throws, whatever happens.</summary>
    /// <param name="happening">What happened.</param>
    /// <param name="now">Since the flight began.</param>
    public FlightStep On(FlightHappening happening, TimeSpan now) => happening switch
    {
        FlightHappening.Boarded boarded => Board(boarded, now),
        FlightHappening.Departed departed => Depart(departed, now),
        FlightHappening.DeadlinePassed passed => PassDeadline(passed.Goal, now),
        FlightHappening.LookedUp looked => LookUp(looked.Hit, now),
        FlightHappening.Told told => Tell(told, now),
        FlightHappening.RaceFailed failed => Fail(failed),
        FlightHappening.Contradicted => (this with { Landed = null }).Same,
        FlightHappening.Kept => Riders.IsEmpty && Race is null ? Same.Then(new FlightEffect.Finish()) : Same,
        FlightHappening.Resumed resumed => Resume(resumed, now),
        FlightHappening.NobodyCame => Riders.IsEmpty && (Race is not null || IsNew) ? (this with { Race = null }).Same.Then(new FlightEffect.Finish()) : Same,
        _ => Same,
    };

    private FlightStep Same => new(this, []);

    private Rider? Find(GoalId goal) => Riders.GetValueOrDefault(goal);

    private IEnumerable<Rider> Wanting => Riders.Values.Where(rider => rider.WantsAnswer);

    private FlightStep Board(FlightHappening.Boarded boarded, TimeSpan now)
    {
        if (Find(boarded.Goal.Id) is { } known)
        {
            var again = known with { Source = boarded.Source, WithdrawnBecause = boarded.IsAgain ? known.WithdrawnBecause : null };
            return Retell((this with { Riders = Riders.SetItem(boarded.Goal.Id, again) }).MoveText(again), again);
        }

        var rider = new Rider(boarded.Goal, boarded.Source, now - (boarded.Goal.Limits.Timeout - boarded.Left), boarded.Left, Boarded);
        if (Landed is { } landed && Name.LooksUp)
            return Same.Tell(FlightAnswers.Cached(rider, landed, now));
        var joined = this with { Riders = Riders.Add(boarded.Goal.Id, rider), Boarded = Boarded + 1 };
        if (Race is not null)
            return Retell(joined.Same, rider);
        if (IsLooking)
            return joined.Same;
        return Name.LooksUp && !HasLooked
            ? (joined with { IsLooking = true, HasLooked = true }).Same.Then(new FlightEffect.LookUp(rider.Goal.Id))
            : joined.BeginRace(joined.Same, now);
    }

    /// <summary>Whose text the race has may have taken it elsewhere.</summary>
    private FlightStep MoveText(Rider rider) => Race is { } race && race.TextOf == rider.Goal.Id && race.Source != rider.Source
        ? (this with { Race = race with { Source = rider.Source } }).Same.Then(new FlightEffect.MoveText(rider.Source))
        : Same;

    private static FlightStep Retell(FlightStep step, Rider rider) =>
        step.Flight.Race is { } race ? step.Tell(race.Events.Select(told => Retold.For(rider, race, told, null))) : step;

    private FlightStep LookUp(CacheHit? hit, TimeSpan now)
    {
        if (!IsLooking)
            return Same;
        var looked = this with { IsLooking = false };
        if (hit is null)
            return looked.BeginRace(looked.Same, now);
        var step = (looked with { Riders = Riders.Clear(), Landed = hit }).Same.Tell(Riders.Values.SelectMany(rider => FlightAnswers.Cached(rider, hit, now)));
        return step.Then(new FlightEffect.Finish());
    }

    /// <summary>Begins the next race, if anybody wants an answer; else this is the end.</summary>
    private FlightStep BeginRace(FlightStep step, TimeSpan now)
    {
        if (Wanting.OrderByDescending(rider => rider.Deadline).ThenBy(rider => rider.Number).FirstOrDefault() is not { } leader)
            return EndWithout(step, now);
        var race = new FlightRace(Races + 1, leader.Goal, leader.Goal.Id, leader.Source, leader.AcceptedAt, leader.Deadline - now);
        var begun = this with { Race = race, Races = Races + 1, Raced = Raced.Add(leader.Goal.Id) };
        return (step with { Flight = begun }).Then(new FlightEffect.Race(race, IsAnew: Raced.Contains(leader.Goal.Id)));
    }

    private FlightStep EndWithout(FlightStep step, TimeSpan now)
    {
        var told = Riders.Values.Select(rider => FlightAnswers.Cut(rider, Race, new RunStop(StopReason.Withdrawn, rider.WithdrawnBecause ?? ""), now)).ToArray();
        return (step with { Flight = this with { Riders = Riders.Clear(), Race = null } }).Tell(told).Then(new FlightEffect.Finish());
    }

    private FlightStep Depart(FlightHappening.Departed departed, TimeSpan now)
    {
        // Whoever is given up after the end may have called a flight into being that has nobody.
        if (Find(departed.Goal) is not { } rider)
            return IsNew ? Same.Then(new FlightEffect.Finish()) : Same;
        // What is decided is answered, as soon as its runs have ended.
        if (Race is { IsDecided: true } && !departed.IsGone)
            return Same;
        var isLast = !Wanting.Any(other => other != rider);
        if (Race is not null && isLast)
        {
            var left = this with { Riders = departed.IsGone ? Riders.Remove(departed.Goal) : Riders.SetItem(departed.Goal, rider with { WithdrawnBecause = departed.Reason }) };
            return Race.IsWithdrawn ? left.Same : (left with { Race = Race with { IsWithdrawn = true } }).Same.Then(new FlightEffect.Withdraw(departed.Reason));
        }

        return LetGo(rider, new RunStop(StopReason.Withdrawn, departed.Reason), now);
    }

    private FlightStep PassDeadline(GoalId goal, TimeSpan now)
    {
        // The race of its own ends by itself then; and what is decided is answered.
        if (Find(goal) is not { } rider || Race is { IsDecided: true } || Race?.IsOf(rider) == true)
            return Same;
        return LetGo(rider, new RunStop(StopReason.TimedOut, RaceWords.Deadline), now);
    }

    /// <summary>This goal is answered, and the race goes on for the others, with a text that is still there.</summary>
    private FlightStep LetGo(Rider rider, RunStop stop, TimeSpan now)
    {
        var step = (this with { Riders = Riders.Remove(rider.Goal.Id) }).Same.Then(new FlightEffect.Tell(FlightAnswers.Cut(rider, Race, stop, now)));
        var left = step.Flight;
        if (left.Race is not { } race)
            return step;
        if (!left.Wanting.Any())
            return left.EndWithout(step, now);
        if (race.TextOf != rider.Goal.Id)
            return step;
        // Their texts may differ in what the key does not see.
        if (left.Wanting.Where(other => other.Goal.Text == race.Goal.Text).MinBy(other => other.Number) is not { } heir)
            return left.BeginRace(step, now);
        return (step with { Flight = left with { Race = race with { TextOf = heir.Goal.Id, Source = heir.Source } } }).Then(new FlightEffect.MoveText(heir.Source));
    }

    /// <summary>Only a flight that has raced for nothing yet goes on with another one's race.</summary>
    private FlightStep Resume(FlightHappening.Resumed resumed, TimeSpan now)
    {
        if (Races > 0 || Landed is not null)
            return Same;
        var race = new FlightRace(1, resumed.Race, resumed.Race.Id, resumed.Source, now - resumed.Age, resumed.Had) { IsHandedOver = true };
        return (this with { Race = race, Races = 1, Raced = [resumed.Race.Id], HasLooked = true, IsLooking = false }).Same.Then(new FlightEffect.Race(race, IsAnew: false));
    }

    private FlightStep Fail(FlightHappening.RaceFailed failed) => failed.Race != Race?.Number
        ? Same
        : Riders.Values.Aggregate((this with { Riders = Riders.Clear(), Race = null }).Same, (step, rider) => step.Then(new FlightEffect.Fail(rider.Goal.Id, failed.Why)))
            .Then(new FlightEffect.Finish());
}

/// <summary>A flight after something happened, and what is to be done about it, in that order.</summary>
internal sealed record FlightStep(Flight Flight, ImmutableArray<FlightEffect> Effects)
{
    public FlightStep Then(FlightEffect effect) => this with { Effects = Effects.Add(effect) };

    public FlightStep Tell(IEnumerable<IGoalEvent> told) => this with { Effects = Effects.AddRange(told.Select(each => new FlightEffect.Tell(each))) };
}
