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

    /// <summary>Whoever ran it is gone.</summary>
    public sealed record RunLost(RunId Run, string Detail) : RaceHappening;

    /// <summary>The client gave the goal up.</summary>
    public sealed record Withdrawn(string Reason) : RaceHappening;

    public sealed record DeadlinePassed : RaceHappening;
}
