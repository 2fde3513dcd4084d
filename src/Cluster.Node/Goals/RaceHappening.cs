using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Goals;

/// <summary>All that can happen to a race: a closed set.</summary>
internal abstract record RaceHappening
{
    private RaceHappening()
    {
    }

    /// <summary>Something was told of a run; whether the run is ours is for the race to say.</summary>
    public sealed record Told(IRunEvent Event) : RaceHappening;

    /// <summary>A slot was found for a run.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Node">Whose slot.</param>
    /// <param name="Version">The prover's version there, as far as it is known.</param>
    /// <param name="Grant">The slot that was kept for it, or null for one that looked free.</param>
    /// <param name="Source">The address of the node that has the goal's text.</param>
    public sealed record Placed(RunId Run, string Node, string? Version, long? Grant, string Source) : RaceHappening;

    /// <summary>No node takes it, now or later.</summary>
    public sealed record Unplaceable(RunId Run, string Detail) : RaceHappening;

    /// <summary>A node is gone, or given up.</summary>
    public sealed record NodeLost(string Node, string Detail) : RaceHappening;

    /// <summary>The client gave the goal up.</summary>
    public sealed record Withdrawn(string Reason) : RaceHappening;

    public sealed record DeadlinePassed : RaceHappening;
}
