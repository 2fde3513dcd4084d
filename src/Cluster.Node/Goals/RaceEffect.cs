using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Goals;

/// <summary>What the coordinator does for a race. A closed set.</summary>
internal abstract record RaceEffect
{
    private RaceEffect()
    {
    }

    /// <summary>Find a slot for this run; then <see cref="RaceHappening.Placed"/> happens.</summary>
    public sealed record Seek(RunId Run) : RaceEffect;

    /// <summary>Tell this to the node that has the run.</summary>
    public sealed record Command(string Node, IRunCommand Message) : RaceEffect;

    /// <summary>Tell this to those who wait for the goal.</summary>
    public sealed record Announce(IGoalEvent Message) : RaceEffect;
}
