using Akka.Actor;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Nodes;

/// <summary>Whose runs a node has: for each goal its coordinator, which life of it, since when it is gone, and the text.</summary>
internal sealed class AgentGoals
{
    private readonly Dictionary<GoalId, Entry> _goals = [];

    /// <summary>0 for a goal that is not known here.</summary>
    public long Incarnation(GoalId goal) => _goals.TryGetValue(goal, out var entry) ? entry.Incarnation : 0;

    /// <summary>The goal's coordinator is this one.</summary>
    /// <returns>The one before, or this one itself, if its end is still watched for; else null.</returns>
    public IActorRef? Follow(GoalId goal, long incarnation, IActorRef coordinator)
    {
        var former = _goals.GetValueOrDefault(goal);
        _goals[goal] = new Entry(coordinator, incarnation, null, former?.Text);
        return former is { GoneAt: null } ? former.Coordinator : null;
    }

    /// <summary>Keeps the goal's text here until the goal is forgotten: the runs that are still to come need it too.</summary>
    public void Keep(GoalId goal, IDisposable text)
    {
        var entry = _goals[goal];
        entry.Text?.Dispose();
        _goals[goal] = entry with { Text = text };
    }

    public IActorRef? CoordinatorOf(GoalId goal) => _goals.GetValueOrDefault(goal)?.Coordinator;

    public void Orphan(GoalId goal, IActorRef coordinator, long now)
    {
        if (_goals.TryGetValue(goal, out var entry) && entry.Coordinator.Equals(coordinator))
            _goals[goal] = entry with { GoneAt = now };
    }

    /// <summary>Goals whose coordinator was gone before a timestamp, and still is.</summary>
    public GoalId[] Orphans(long before) => [.. _goals.Where(entry => entry.Value.GoneAt < before).Select(entry => entry.Key)];

    public IActorRef? Forget(GoalId goal)
    {
        if (!_goals.Remove(goal, out var entry))
            return null;
        entry.Text?.Dispose();
        return entry.Coordinator;
    }

    private sealed record Entry(IActorRef Coordinator, long Incarnation, long? GoneAt, IDisposable? Text);
}
