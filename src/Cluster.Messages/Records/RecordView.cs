using ProverCluster.Messages.Goals;

namespace ProverCluster.Messages.Records;

/// <summary>A goal as its record has it now, for whoever asked.</summary>
/// <param name="What">The goal.</param>
/// <param name="Decided">The first decisive verdict; null before it.</param>
/// <param name="Ended">The runs that have ended, in that order; empty once there is an answer, which has them.</param>
/// <param name="Answer">The whole story; null until the goal is settled.</param>
/// <param name="IsGivenUp">Whether its race was asked to end, since nobody wants it.</param>
/// <param name="AcceptedAt">In milliseconds of Unix time; null if the record is on a node that does not tell.</param>
public sealed record RecordView(Goal What, GoalEvents.Decided? Decided, IReadOnlyList<RunRow> Ended, GoalAnswer? Answer, bool IsGivenUp = false, long? AcceptedAt = null)
{
    public GoalState State => Answer is not null ? GoalState.Settled : Decided is not null ? GoalState.Decided : GoalState.Open;
}
