using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Records;

/// <summary>A whole record, as one node hands it to the next.</summary>
/// <param name="What">The goal.</param>
/// <param name="Source">The address of the node that has its text, for a few seconds more.</param>
/// <param name="Owner">Whose goal it is.</param>
/// <param name="Age">Since its acceptance.</param>
/// <param name="AcceptedAt">The same by the clock on the wall, in milliseconds of Unix time: for the order of a list, and nothing else.</param>
/// <param name="Interested">Whose interest stands.</param>
/// <param name="IsWithdrawn">Whether its race was asked to end.</param>
/// <param name="Told">Every event, in order.</param>
/// <param name="Flight">The flight that the goal is on, so that it can be boarded again although the text is gone; null if there is none, or not yet.</param>
public sealed record RecordState(
    Goal What,
    string Source,
    string Owner,
    TimeSpan Age,
    long AcceptedAt,
    IReadOnlyList<string> Interested,
    bool IsWithdrawn,
    IReadOnlyList<IGoalEvent> Told,
    string? Flight = null);

/// <summary>A goal's place in a list, newest first; of two of the same moment, the one with the smaller id.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="AcceptedAt">In milliseconds of Unix time.</param>
public sealed record ListedGoal(GoalId Goal, long AcceptedAt) : IComparable<ListedGoal>
{
    public int CompareTo(ListedGoal? other) =>
        other is null ? 1 : AcceptedAt != other.AcceptedAt ? other.AcceptedAt.CompareTo(AcceptedAt) : string.CompareOrdinal(Goal.Value, other.Goal.Value);
}
