using Akka.Actor;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Nodes;

/// <summary>Whose runs a node has: for each goal its coordinator, which life of it, and since when it is gone.</summary>
internal sealed class AgentGoals
{
    private readonly Dictionary<GoalId, Entry> _goals = [];

    /// <summary>0 for a goal that is not known here.</summary>
    public long Incarnation(GoalId goal) => _goals.TryGetValue(goal, out var entry) ? entry.Incarnation : 0;

    /// <summary>The goal's coordinator is this one.</summary>
    /// <returns>The one before, this one itself, or null if there was none.</returns>
    public IActorRef? Follow(GoalId goal, long incarnation, IActorRef coordinator)
    {
        var former = _goals.GetValueOrDefault(goal)?.Coordinator;
        _goals[goal] = new Entry(coordinator, incarnation, null);
        return former;
    }

    public IActorRef? CoordinatorOf(GoalId goal) => _goals.GetValueOrDefault(goal)?.Coordinator;

    public void Orphan(GoalId goal, IActorRef coordinator, long now)
    {
        if (_goals.TryGetValue(goal, out var entry) && entry.Coordinator.Equals(coordinator))
            _goals[goal] = entry with { GoneAt = now };
    }

    /// <summary>Goals whose coordinator was gone before a timestamp, and still is.</summary>
    public GoalId[] Orphans(long before) => [.. _goals.Where(entry => entry.Value.GoneAt < before).Select(entry => entry.Key)];

    public IActorRef? Forget(GoalId goal) => _goals.Remove(goal, out var entry) ? entry.Coordinator : null;

    private sealed record Entry(IActorRef Coordinator, long Incarnation, long? GoneAt);
}
