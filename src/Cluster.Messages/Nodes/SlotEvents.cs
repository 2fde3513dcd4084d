using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Nodes;

/// <summary>Told of a node's slots, to the coordinator of a goal that waits for one.</summary>
public interface ISlotEvent : IGoalMessage
{
    long Incarnation { get; }

    string Node { get; }
}

public static class SlotEvents
{
    /// <summary>A slot is kept for this goal until it is used, passed, or given up as lost.</summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Incarnation">Which life of its coordinator asked.</param>
    /// <param name="Node">Whose slot.</param>
    /// <param name="Grant">Names the grant on that node.</param>
    /// <param name="Next">Who would be served instead; null if nobody else waits.</param>
    public sealed record Granted(GoalId Goal, long Incarnation, string Node, long Grant, SlotRank? Next) : ISlotEvent;

    /// <summary>The goal does not wait there.</summary>
    public sealed record NotWaiting(GoalId Goal, long Incarnation, string Node, Refusal Why) : ISlotEvent;
}

/// <summary>Why a node takes something not.</summary>
public enum Refusal
{
    /// <summary>No slot is free, and for a goal that wants to wait: as many wait as may.</summary>
    Full,

    /// <summary>It takes no more work.</summary>
    Draining,

    /// <summary>A later life of the goal's coordinator is known.</summary>
    Superseded,
}
