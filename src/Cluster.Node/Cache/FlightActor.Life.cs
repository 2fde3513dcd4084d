using Akka.Actor;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Cache;

/// <summary>The part of the flight's actor that is not about those who wait: its race, the cache, and how it moves and ends.</summary>
internal sealed partial class FlightActor
{
    /// <summary>In other words than a coordinator's that gives up by itself, and does not tell whoever comes back.</summary>
    private const string NobodyWaits = "none of those who asked for it is there any more";

    private void Begin(FlightEffect.Race race)
    {
        _pending = race;
        // Its coordinator is to be gone by then: it would answer as before.
        if (race.IsAnew)
            Timers.StartSingleTimer(RaceAgain.Instance, RaceAgain.Instance, _tools.AgainPatience);
        else
            StartPending();
    }

    private void StartPending()
    {
        if (_pending is not { What: var race })
            return;
        _pending = null;
        Timers.Cancel(RaceAgain.Instance);
        (_raceNumber, _unsettled) = (race.Number, race.Goal.Id);
        _race = _tools.Start(FlightRaceActor.Props(_tools, Self, race, Now - race.AcceptedAt));
        Context.Watch(_race);
    }

    private void MoveText(string source)
    {
        if (_pending is { } pending)
            _pending = pending with { What = pending.What with { Source = source } };
        else
            _race.Tell(new RaceTextMoved(source));
    }

    private void EndOldRace()
    {
        if (_pending is { } pending && pending.What.Number != _flight.Race?.Number)
        {
            _pending = null;
            Timers.Cancel(RaceAgain.Instance);
        }

        if (_race.IsNobody() || _raceNumber == _flight.Race?.Number)
            return;
        Context.Unwatch(_race);
        // Its listener is not asked to say so: it stops before it could.
        if (_unsettled is { } goal)
            _tools.Goals.Tell(new GoalCommands.Withdraw(goal, NobodyWaits));
        _race.Tell(PoisonPill.Instance);
        _race = ActorRefs.Nobody;
    }

    /// <summary>The goal is raced if the cache cannot be asked: whoever submitted it did not ask for a cache.</summary>
    private void LookUp(GoalId goal) => LookUpAsync(_tools, _name.Key, goal, _log).PipeTo(Self);

    private static async Task<FlightLookedUp> LookUpAsync(FlightTools tools, VerdictKey key, GoalId goal, NodeLog log)
    {
        using var patience = new CancellationTokenSource(tools.LookPatience, tools.Clock);
        try
        {
            var hit = await VerdictShelf.FindAsync(tools.Cache, key, tools.KeepFor, patience.Token).WaitAsync(patience.Token);
            // Where there is none, nothing was looked up.
            if (tools.Cache is not NoVerdicts)
                tools.Metrics.CountLookUp(isHit: hit is not null);
            return new FlightLookedUp(hit);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            tools.Metrics.CountLookUp(isHit: null);
            log.Tell(LogLines.CacheNotAsked(goal, key.Text, e.Message));
            return new FlightLookedUp(null);
        }
    }

    private void Keep(FlightEffect.Keep keep) => Keeping(keep.Goal).KeepAsync(keep.Language, keep.Verdict).PipeTo(Self, success: _ => FlightKept.Instance);

    private void Evict(FlightEffect.Evict evict) => Keeping(evict.Goal).ContradictAsync(evict.Words).PipeTo(Self, success: _ => FlightKept.Instance);

    private VerdictKeeping Keeping(GoalId goal)
    {
        var self = Self;
        return new VerdictKeeping(_tools, _name.Key, goal, _log, () => self.Tell(FlightContradicted.Instance, ActorRefs.NoSender));
    }

    /// <summary>What is under way goes on in the next life, here or on another node; mostly nothing is.</summary>
    private void OnMove()
    {
        var moving = _flight.Race is { IsWithdrawn: false } && _pending is null ? _flight.Race : null;
        if (moving is not null)
            _tools.Flights().Tell(new FlightCommands.Resume(_name.ToString(), moving.Goal, moving.Source, Now - moving.AcceptedAt, moving.Had));
        else if (_handedOver is { } moved)
            _tools.Flights().Tell(moved with { Age = moved.Age + Now });
        foreach (var rider in _flight.Riders.Values)
        {
            if (moving is not null)
                Tell(rider.Goal.Id, new GoalEvents.Moving(rider.Goal.Id));
            foreach (var listener in _waiting.GetValueOrDefault(rider.Goal.Id) ?? [])
            {
                _tools.Flights().Tell(new FlightCommands.Board(_name.ToString(), rider.Goal, rider.Source, rider.Deadline - Now, IsMoving: moving is not null), listener);
                if (rider.WithdrawnBecause is { } reason)
                    _tools.Flights().Tell(new FlightCommands.Leave(_name.ToString(), rider.Goal.Id, reason));
            }
        }

        Context.Stop(Self);
    }

    private sealed record DeadlineDue(GoalId Goal) : INoSerializationVerificationNeeded;

    private sealed record NotBack(GoalId Goal) : INoSerializationVerificationNeeded;

    private sealed record FlightLookedUp(CacheHit? Hit) : INoSerializationVerificationNeeded;

    private sealed class FlightKept : INoSerializationVerificationNeeded
    {
        public static readonly FlightKept Instance = new();
    }

    private sealed class FlightContradicted : INoSerializationVerificationNeeded
    {
        public static readonly FlightContradicted Instance = new();
    }

    private sealed class RaceAgain : INoSerializationVerificationNeeded
    {
        public static readonly RaceAgain Instance = new();
    }
}

/// <summary>Stop here; what is under way goes on in the next life.</summary>
internal sealed class LeaveFlight : INoSerializationVerificationNeeded
{
    public static readonly LeaveFlight Instance = new();
}
