using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Event;
using ProverCluster.Messages;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Cache;

/// <summary>The part of the flight's actor that is not about those who wait: its race, the cache, and how it moves and ends.</summary>
internal sealed partial class FlightActor
{
    private const string NobodyWaits = "nobody waits for it any more";

    /// <summary>Answers that are marked in one step, so that nobody waits long behind it.</summary>
    private const int DoubtAtOnce = 500;

    private static readonly Meter Meter = new("ProverCluster.Node");

    private static readonly Counter<long> Contradictions =
        Meter.CreateCounter<long>("prover_cluster.cache.contradictions", "{verdict}", "Verdicts that contradict each other; what the cache had of the goal was evicted.");

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
        _raceNumber = race.Number;
        _race = _tools.Start(FlightRaceActor.Props(_tools, Self, race.Number, race.Goal, race.Source, Now - race.AcceptedAt));
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
        _race.Tell(PoisonPill.Instance);
        _race = ActorRefs.Nobody;
    }

    /// <summary>The goal is raced if the cache cannot be asked: whoever submitted it did not ask for a cache.</summary>
    private void LookUp() => LookUpAsync(_tools, _name.Key).PipeTo(Self);

    private static async Task<FlightLookedUp> LookUpAsync(FlightTools tools, VerdictKey key)
    {
        using var patience = new CancellationTokenSource(tools.LookPatience, tools.Clock);
        try
        {
            return new FlightLookedUp(await VerdictShelf.FindAsync(tools.Cache, key, patience.Token).WaitAsync(patience.Token));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new FlightLookedUp(null);
        }
    }

    private void Keep(FlightEffect.Keep keep) =>
        VerdictShelf.KeepAsync(_tools.Cache, _name.Key, keep.Language, keep.Verdict).PipeTo(Self, success: words => new FlightKept(words), failure: _ => new FlightKept(null));

    private void Evict(string words) =>
        VerdictShelf.EvictAsync(_tools.Cache, _name.Key).PipeTo(Self, success: _ => new FlightKept(words), failure: _ => new FlightKept(words));

    /// <summary>Whoever asks for an answer that was given from what is gone is told.</summary>
    private static async Task<AnswersDoubted> DoubtAsync(IGoalStore store, string text, string words)
    {
        var count = 0;
        try
        {
            for (var more = DoubtAtOnce; more == DoubtAtOnce; count += more)
                more = await store.DoubtAsync(text, WordLimits.Cut(words, WordLimits.Reason), DoubtAtOnce);
            return new AnswersDoubted(count, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new AnswersDoubted(count, e.Message);
        }
    }

    private void OnKept(FlightKept kept)
    {
        if (kept.Contradiction is { } words)
        {
            Contradictions.Add(1);
            _log.Error("two provers contradict each other about the text {0}: {1}; nothing that the cache had of it stays", _name.Key.Text, words);
            DoubtAsync(_tools.Store, _name.Key.Text, words).PipeTo(Self);
            return;
        }

        Happen(new FlightHappening.Kept());
    }

    private void OnDoubted(AnswersDoubted doubted)
    {
        if (doubted.Failure is { } why)
            _log.Error("not all answers that were given from the cache about the text {0} could be marked as doubted: {1}", _name.Key.Text, why);
        else if (doubted.Count > 0)
            _log.Warning("{0} answers that were given from the cache about the text {1} are doubted", doubted.Count, _name.Key.Text);
        Happen(new FlightHappening.Kept());
    }

    /// <summary>What is under way goes on in the next life, here or on another node; mostly nothing is.</summary>
    private void OnLeave()
    {
        if (_flight.Race is { IsWithdrawn: false } race && _pending is null)
            _tools.Flights().Tell(new FlightCommands.Resume(_name.ToString(), race.Goal, race.Source, Now - race.AcceptedAt, race.Had));
        foreach (var rider in _flight.Riders)
        {
            foreach (var listener in _waiting.GetValueOrDefault(rider.Goal.Id, []))
            {
                _tools.Flights().Tell(new FlightCommands.Board(_name.ToString(), rider.Goal, rider.Source, rider.Deadline - Now), listener);
                if (rider.WithdrawnBecause is { } reason)
                    _tools.Flights().Tell(new FlightCommands.Leave(_name.ToString(), rider.Goal.Id, reason));
            }
        }

        Context.Stop(Self);
    }

    private sealed record DeadlineDue(GoalId Goal) : INoSerializationVerificationNeeded;

    private sealed record NotBack(GoalId Goal) : INoSerializationVerificationNeeded;

    private sealed record FlightLookedUp(CacheHit? Hit) : INoSerializationVerificationNeeded;

    private sealed record FlightKept(string? Contradiction) : INoSerializationVerificationNeeded;

    private sealed record AnswersDoubted(int Count, string? Failure) : INoSerializationVerificationNeeded;

    private sealed class NobodyBoards : INoSerializationVerificationNeeded
    {
        public static readonly NobodyBoards Instance = new();
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
