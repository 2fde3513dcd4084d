using ProverCluster.Messages.Goals;

namespace ProverCluster.Node.Cache;

/// <summary>A goal in a flight. Times are by the flight's clock.</summary>
/// <param name="Goal">Which.</param>
/// <param name="Source">The address of the node that has its text.</param>
/// <param name="AcceptedAt">When its own clock began; before the flight's, as a rule.</param>
/// <param name="Had">What was left of its deadline when it came.</param>
/// <param name="Number">In the order in which they came.</param>
/// <param name="WithdrawnBecause">Why it waits for nothing but the end of the race; null if it wants an answer.</param>
internal sealed record Rider(Goal Goal, string Source, TimeSpan AcceptedAt, TimeSpan Had, int Number, string? WithdrawnBecause = null)
{
    public TimeSpan Deadline => AcceptedAt + Goal.Limits.Timeout;

    public bool WantsAnswer => WithdrawnBecause is null;
}
