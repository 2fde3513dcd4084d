using Akka.Actor;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Cache;

/// <summary>What all flights of a node share.</summary>
/// <param name="Flights">Where messages to flights go, this one's next life included.</param>
/// <param name="Start">Starts an actor that is nobody's child: a race has a listener for longer than its flight is here.</param>
/// <param name="Goals">Where messages to coordinators go.</param>
/// <param name="Cache">The node's.</param>
/// <param name="Clock">The node's.</param>
internal sealed record FlightTools(Func<IActorRef> Flights, Func<Props, IActorRef> Start, IActorRef Goals, IVerdictCache Cache, TimeProvider Clock)
{
    /// <summary>Where answers are that were given from the cache.</summary>
    public IGoalStore Store { get; init; } = new NoStore();

    public NodeMetrics Metrics { get; init; } = NodeMetrics.None;

    /// <summary>How long the cache may take to say what it has: then the goal is raced as if that were nothing.</summary>
    public TimeSpan LookPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How old a verdict may be.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.MaxValue;

    /// <summary>How long after the store did not work it is asked again to keep or to evict a verdict.</summary>
    public TimeSpan StorePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after its end the race of a goal is begun anew.</summary>
    public TimeSpan AgainPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long whoever waited may take to come back, after a move or when a node was out of reach.</summary>
    public TimeSpan ReturnPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the same may take when it is gone for certain: it may have ended with its node a moment before its goal's record asks elsewhere. As long as a coordinator gives it at most.</summary>
    public TimeSpan GonePatience { get; init; } = GoalCoordinatorActor.UpkeepsForNobody * GoalCoordinatorActor.UpkeepPeriod;

    /// <summary>How long those who board wait for a race that is on its way, before another is begun for them: as long as a coordinator does.</summary>
    public TimeSpan HandOverPatience { get; init; } = GoalCoordinatorActor.GoalPatience;
}
