using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Goals;

/// <summary>What all coordinators of a node share.</summary>
/// <param name="Board">What is known of the nodes.</param>
/// <param name="Plan">Whom a goal is raced with; the plan's incarnation is later than any before it, and than the one given.</param>
/// <param name="Goals">Where messages to coordinators go, this one's next life included.</param>
/// <param name="Clock">The node's monotonic clock.</param>
internal sealed record CoordinatorTools(NodeBoard Board, Func<Goal, long, RacePlan> Plan, Func<IActorRef> Goals, TimeProvider Clock)
{
    public NodeMetrics Metrics { get; init; } = NodeMetrics.None;
}
