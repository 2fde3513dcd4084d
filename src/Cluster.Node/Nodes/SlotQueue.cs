using System.Collections.Immutable;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// Who runs and who waits on a node, as a value. Fair between goals: of the waiting runs, one whose goal has the fewest runs
/// started comes first, the oldest of those; so every waiting goal gets its first run before another gets its second.
/// </summary>
/// <param name="Slots">How many may run at once.</param>
/// <param name="Limit">How many may wait.</param>
internal sealed record SlotQueue(int Slots, int Limit)
{
    private ImmutableList<RunId> Waiting { get; init; } = [];

    private ImmutableHashSet<RunId> Running { get; init; } = [];

    /// <summary>Waiting runs that are not to be started: they leave when their coordinator says so.</summary>
    private ImmutableHashSet<RunId> Held { get; init; } = [];

    /// <summary>How many runs of each goal that still has some here were started.</summary>
    private ImmutableDictionary<GoalId, int> Started { get; init; } = ImmutableDictionary<GoalId, int>.Empty;

    public int WaitingCount => Waiting.Count;

    public int RunningCount => Running.Count;

    public bool IsFull => Waiting.Count >= Limit && Running.Count >= Slots;

    public bool Has(RunId run) => Running.Contains(run) || Waiting.Contains(run);

    /// <summary>Takes a run in. The caller asks <see cref="IsFull"/> and <see cref="Has"/> first.</summary>
    public SlotQueue Enqueue(RunId run) => this with { Waiting = Waiting.Add(run) };

    /// <summary>The run to start now, or null while there is no slot or nobody waits.</summary>
    public (SlotQueue Queue, RunId? Run) Next()
    {
        if (Running.Count >= Slots || Waiting.Count == Held.Count)
            return (this, null);

        var run = Waiting.Where(waiting => !Held.Contains(waiting)).MinBy(waiting => Started.GetValueOrDefault(waiting.Goal))!;
        return (this with
        {
            Waiting = Waiting.Remove(run),
            Running = Running.Add(run),
            Started = Started.SetItem(run.Goal, Started.GetValueOrDefault(run.Goal) + 1),
        }, run);
    }

    /// <summary>A run has decided its race: those of the same race that wait will not be started.</summary>
    public SlotQueue Hold(RunId decisive) =>
        this with { Held = Held.Union(Waiting.Where(waiting => waiting.Goal == decisive.Goal && waiting.Incarnation == decisive.Incarnation)) };

    /// <summary>A run is over, or is given up while it waits.</summary>
    public SlotQueue Remove(RunId run)
    {
        var left = this with { Waiting = Waiting.Remove(run), Running = Running.Remove(run), Held = Held.Remove(run) };
        var goalIsGone = left.Waiting.All(other => other.Goal != run.Goal) && left.Running.All(other => other.Goal != run.Goal);
        return goalIsGone ? left with { Started = Started.Remove(run.Goal) } : left;
    }

    public bool IsWaiting(RunId run) => Waiting.Contains(run);
}
