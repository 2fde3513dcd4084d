using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Goals;

/// <summary>The plain local parent of coordinators, where no cluster shards them. It does for them what a shard does, apart from moving.</summary>
internal sealed class GoalsActor : ReceiveActor
{
    private readonly CoordinatorTools _tools;

    public GoalsActor(CoordinatorTools tools)
    {
        _tools = tools;
        Receive<IGoalMessage>(message => Coordinator(message.Goal).Forward(message));
        Receive<Passivate>(passivate => Sender.Tell(passivate.StopMessage));
    }

    public static Props Props(CoordinatorTools tools) => Akka.Actor.Props.Create(() => new GoalsActor(tools));

    /// <summary>A coordinator that fails is not restarted: who waits for its goal is told by death watch, and asks again.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private IActorRef Coordinator(GoalId id) =>
        Context.Child(id.Value) is { } child && !child.IsNobody() ? child : Context.ActorOf(GoalCoordinatorActor.Props(_tools), id.Value);
}
