using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Nodes;

/// <summary>
/// Asked of a node's agent about its slots, by a goal's coordinator. No run waits on a node: a goal does, on every node that could serve it, and which
/// of its runs gets a slot is said only when there is one. So no node holds work that another could begin at once.
/// </summary>
public interface ISlotCommand : IProtocolMessage
{
    GoalId Goal { get; }

    /// <summary>Which life of the coordinator asks; a node obeys only the latest that it knows.</summary>
    long Incarnation { get; }
}

public static class SlotCommands
{
    /// <summary>Tell this goal when there is a slot for it. Asked again, the new rank counts.</summary>
    public sealed record Want(GoalId Goal, long Incarnation, SlotRank Rank) : ISlotCommand;

    /// <summary>The slot that was granted is not used.</summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Incarnation">Whose grant.</param>
    /// <param name="Grant">Which grant.</param>
    /// <param name="Rank">Where the goal really stands, if it goes on waiting; null if it wants no slot of this node any more.</param>
    public sealed record Pass(GoalId Goal, long Incarnation, long Grant, SlotRank? Rank) : ISlotCommand;

    /// <summary>The goal wants no slot of this node any more.</summary>
    public sealed record Unwant(GoalId Goal, long Incarnation) : ISlotCommand;

    /// <summary>The goal's coordinator is the sender: the node ends what an earlier life of it has left there, and goes on with what is this one's.</summary>
    public sealed record Claim(GoalId Goal, long Incarnation) : ISlotCommand;
}

/// <summary>Who is served first: the higher priority; of equals, the goal that has had fewer runs anywhere. What is smaller goes first.</summary>
/// <param name="Priority">The goal's, from its client.</param>
/// <param name="Turn">How many of its runs were started.</param>
public readonly record struct SlotRank(int Priority, int Turn) : IComparable<SlotRank>
{
    public int CompareTo(SlotRank other) =>
        Priority != other.Priority ? other.Priority.CompareTo(Priority) : Turn.CompareTo(other.Turn);
}
