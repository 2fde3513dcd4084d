using System.Collections.Immutable;
using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Nodes;

/// <summary>The part of the agent that is not about one run: whom it obeys, what it offers, what it says again, and how it ends.</summary>
internal sealed partial class NodeAgentActor
{
    /// <summary>How often what may have been lost is said again.</summary>
    internal static readonly TimeSpan UpkeepPeriod = TimeSpan.FromSeconds(1);

    /// <summary>A grant that nobody has used or passed for so long goes to the next; its coordinator asks again if it lives.</summary>
    internal static readonly TimeSpan GrantPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long runs whose coordinator is gone wait for the next one.</summary>
    internal static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long a refused run is remembered: what its coordinator said before it heard of that has arrived by then.</summary>
    internal static readonly TimeSpan RefusalMemory = TimeSpan.FromSeconds(10);

    /// <summary>Offers are told at most this often: a slot comes and goes with every run.</summary>
    internal static readonly TimeSpan OfferPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>Where coordinators live that let a grant expire: until something is heard from there, those who wait elsewhere come first.</summary>
    private readonly HashSet<Address> _silent = [];
    private ImmutableHashSet<IActorRef> _audience = [];
    private IReadOnlyList<BackendOffer> _backends;
    private IActorRef _drainer = ActorRefs.Nobody;

    private NodeEvents.Offered Offer =>
        new(_tools.Runners.Node, _backends, _queue.Slots, _queue.Free, _queue.WaitingCount, _isDraining, _tools.Life);

    /// <summary>Whether to obey that life of a goal's coordinator. A later one than was known ends everything of the earlier.</summary>
    private bool Obeys(GoalId goal, long incarnation)
    {
        var known = _goals.Incarnation(goal);
        if (incarnation < known)
            return false;

        _silent.Remove(Sender.Path.Address);
        if (incarnation > known && known > 0)
        {
            _queue = _queue.Leave(goal).ReturnAll(goal);
            foreach (var run in _runs.Values.Where(run => run.Id.Goal == goal && run.Id.Incarnation < incarnation).ToArray())
                Stop(run, new RunStop(StopReason.Preempted, "its goal has another coordinator now"));
            // What it had waits for nobody in particular.
            Grant();
        }

        var former = _goals.Follow(goal, incarnation, Sender);
        if (Sender.Equals(former))
            return true;
        if (former is not null)
            Context.Unwatch(former);
        Context.WatchWith(Sender, new CoordinatorGone(goal, Sender));
        return true;
    }

    /// <summary>A goal of which nothing is here any more need not be watched.</summary>
    private void ForgetGoal(GoalId goal)
    {
        if (_queue.Knows(goal) || _runs.Keys.Any(run => run.Goal == goal))
            return;
        if (_goals.Forget(goal) is { } coordinator)
            Context.Unwatch(coordinator);
    }

    private void Stop(AgentRun run, RunStop stop)
    {
        // Whoever asked for it is no more: nobody waits for its end.
        run.IsHeard = true;
        if (run.Runner is { } runner)
            runner.Tell(new RunCommands.Preempt(run.Id, stop));
        else if (run.Last is null)
            EndWithoutRunner(run, new RunEnd.NeverStarted(NoStart.Stopped, stop.Cause));
        else
            Forget(run);
    }

    private void OnUpkeep()
    {
        foreach (var run in _runs.Values.Where(run => run is { Last: not null, IsHeard: false }).ToArray())
            Tell(run.Last!);

        foreach (var grant in _queue.Expired(Timestamp - InTimestamps(GrantPatience)).ToArray())
        {
            if (_goals.CoordinatorOf(grant.Waiting.Goal) is { } coordinator)
                _silent.Add(coordinator.Path.Address);
            _queue = _queue.Return(grant.Number, null);
            ForgetGoal(grant.Waiting.Goal);
        }

        foreach (var goal in _goals.Orphans(Timestamp - InTimestamps(OrphanPatience)))
        {
            _queue = _queue.Leave(goal).ReturnAll(goal);
            foreach (var run in _runs.Values.Where(run => run.Id.Goal == goal).ToArray())
                Stop(run, new RunStop(StopReason.Preempted, "its goal has no coordinator any more"));
            ForgetGoal(goal);
        }

        // Whoever is its coordinator now hears of what it may know nothing of; where there is none, because the goal is settled, that is told as well.
        var orphans = _goals.Orphans(Timestamp).ToHashSet();
        foreach (var run in _runs.Values.Where(run => run.Last is null && orphans.Contains(run.Id.Goal)))
            TellAgain(run);

        foreach (var (run, _) in _refused.Where(refused => refused.Value < Timestamp - InTimestamps(RefusalMemory)).ToArray())
            _refused.Remove(run);

        Grant();
        TellOffer();
        TellDrained();
    }

    private bool IsSilent(GoalId goal) => _silent.Count > 0 && _goals.CoordinatorOf(goal) is { } coordinator && _silent.Contains(coordinator.Path.Address);

    private void OnBackendsKnown(BackendsKnown known)
    {
        _backends = known.Backends;
        TellOffer();
    }

    private void OnAudience(Audience audience)
    {
        _audience = audience.IsThere ? _audience.Add(audience.Board) : _audience.Remove(audience.Board);
        if (audience.IsThere)
            audience.Board.Tell(Offer);
    }

    private void OfferChanged()
    {
        if (!Timers.IsTimerActive(OfferDue.Instance))
            Timers.StartSingleTimer(OfferDue.Instance, OfferDue.Instance, OfferPeriod);
    }

    private void TellOffer()
    {
        _tools.Runners.Metrics.Offer(Offer);
        foreach (var board in _audience)
            board.Tell(Offer);
    }

    private void TellDrained()
    {
        if (_isDraining && _runs.Count == 0)
            _drainer.Tell(Drained.Instance);
    }

    /// <summary>Takes no more work. With no time left, what runs is ended as well, and placed elsewhere by its coordinators.</summary>
    private void OnDrain(Drain drain)
    {
        _drainer = Sender;
        _isDraining = true;
        TellOffer();
        foreach (var waiting in _queue.Everyone)
            Tell(new SlotEvents.NotWaiting(waiting.Goal, waiting.Incarnation, _tools.Runners.Node, Refusal.Draining));
        _queue = _queue.Empty();
        if (drain.IsNow)
        {
            var stop = new RunStop(StopReason.Drained, $"node {_tools.Runners.Node} takes no more work");
            foreach (var run in _runs.Values.Where(run => run.Last is null).ToArray())
            {
                if (run.Runner is { } runner)
                    runner.Tell(new RunCommands.Preempt(run.Id, stop));
                else
                    EndWithoutRunner(run, new RunEnd.NeverStarted(NoStart.Stopped, stop.Cause), stop);
            }
        }

        TellDrained();
    }

    private long InTimestamps(TimeSpan span) => (long)(span.TotalSeconds * _tools.Runners.Clock.TimestampFrequency);

    private sealed record RunnerGone(RunId Run) : INoSerializationVerificationNeeded;

    private sealed record CoordinatorGone(GoalId Goal, IActorRef Coordinator) : INoSerializationVerificationNeeded;

    private sealed record BackendsKnown(IReadOnlyList<BackendOffer> Backends) : INoSerializationVerificationNeeded;

    private sealed class OfferDue : INoSerializationVerificationNeeded
    {
        public static readonly OfferDue Instance = new();
    }

    private sealed class UpkeepDue : INoSerializationVerificationNeeded
    {
        public static readonly UpkeepDue Instance = new();
    }
}

/// <summary>A board that is to be told what the node offers, from now on or no longer.</summary>
internal sealed record Audience(IActorRef Board, bool IsThere) : INoSerializationVerificationNeeded;

/// <summary>Take no more work; <see cref="Drained"/> is told as soon as nothing runs and all of it is heard.</summary>
/// <param name="IsNow">Whether what runs is to be ended at once.</param>
internal sealed record Drain(bool IsNow) : INoSerializationVerificationNeeded;

internal sealed class Drained : INoSerializationVerificationNeeded
{
    public static readonly Drained Instance = new();
}
