using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Goals;

/// <summary>What the coordinator does for a race: tell somebody something. A closed set.</summary>
internal abstract record RaceEffect
{
    private RaceEffect()
    {
    }

    /// <summary>Tell this to the node that has the run.</summary>
    public sealed record Command(IRunCommand Message) : RaceEffect;

    /// <summary>Tell this to those who wait for the goal.</summary>
    public sealed record Announce(IGoalEvent Message) : RaceEffect;
}
