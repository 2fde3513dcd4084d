using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Records;

/// <summary>Told of a goal's record, to whoever asked.</summary>
public interface IRecordEvent : IRecordMessage;

public static class RecordEvents
{
    public sealed record Shown(RecordView View) : IRecordEvent
    {
        public GoalId Goal => View.What.Id;
    }

    /// <summary>There is no such goal, for this caller.</summary>
    public sealed record Unknown(GoalId Goal) : IRecordEvent;

    /// <summary>The id is that of another goal, or of another owner's.</summary>
    public sealed record Conflict(GoalId Goal) : IRecordEvent;

    /// <summary>As many goals are open as may be.</summary>
    public sealed record Full(GoalId Goal) : IRecordEvent;

    /// <summary>The goal has a record, and whatever is to be done about it is on its way.</summary>
    public sealed record AtWork(GoalId Goal) : IRecordEvent;

    /// <summary>The store does not work now, so nothing can be promised. Whether the goal was stored is not known; it may be submitted again.</summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Why">In a sentence, without a secret in it.</param>
    public sealed record Unavailable(GoalId Goal, string Why) : IRecordEvent;

    /// <summary>Something happened to the goal.</summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Number">From 1 on, without a gap.</param>
    /// <param name="Event">What.</param>
    public sealed record Told(GoalId Goal, int Number, IGoalEvent Event) : IRecordEvent;

    /// <summary>The goal is settled, and nothing will be told of it any more.</summary>
    public sealed record NoMore(GoalId Goal) : IRecordEvent;

    /// <summary>The newest goals of one node.</summary>
    public sealed record Listed(IReadOnlyList<ListedGoal> Goals) : IProtocolMessage;

    /// <summary>The open goals of one owner on one node.</summary>
    public sealed record Counted(int Open) : IProtocolMessage;
}
