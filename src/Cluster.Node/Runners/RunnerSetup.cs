using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Runners;

/// <summary>What all runners of a node share.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Preparation">From a request to a command.</param>
/// <param name="Launcher">Starts processes.</param>
/// <param name="Ticks">The pace.</param>
/// <param name="Clock">The node's monotonic clock.</param>
/// <param name="Linger">How long a winner may take to end by itself.</param>
internal sealed record RunnerTools(
    string Node,
    IRunPreparation Preparation,
    IProverLauncher Launcher,
    ITickSource Ticks,
    TimeProvider Clock,
    TimeSpan Linger)
{
    /// <summary>
    /// What a report says of a run's output instead of all of it, with what is left of its goal's deadline; null where nothing travels. Never throws; may
    /// take as long as it takes to hash the output.
    /// </summary>
    public Func<RunId, ProverOutput.Inline, TimeSpan, ProverOutput>? Keep { get; init; }

    public NodeMetrics Metrics { get; init; } = NodeMetrics.None;
}

/// <summary>One run to be made.</summary>
/// <param name="Start">What was asked.</param>
/// <param name="Goals">Where what its coordinator is told goes.</param>
/// <param name="ReceivedAt">When it was asked, as a timestamp of the node's clock.</param>
internal sealed record RunRequest(RunCommands.Start Start, IActorRef Goals, long ReceivedAt);
