using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Goals;

/// <summary>The plain local parent of coordinators, where no cluster shards them. It does for them what a shard does, apart from moving.</summary>
internal sealed class GoalsActor : ReceiveActor
{
    private readonly CoordinatorTools _tools;

    /// <summary>What came for coordinators that are about to stop.</summary>
    private readonly Dictionary<string, List<(IGoalMessage Message, IActorRef Sender)>> _leaving = [];

    public GoalsActor(CoordinatorTools tools)
    {
        _tools = tools;
        Receive<IGoalMessage>(message => PassOn(message, Sender));
        Receive<Passivate>(OnPassivate);
        Receive<Terminated>(gone => OnGone(gone.ActorRef.Path.Name));
    }

    public static Props Props(CoordinatorTools tools) => Akka.Actor.Props.Create(() => new GoalsActor(tools));

    /// <summary>A coordinator that fails is not restarted: who waits for its goal is told by death watch, and asks again.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private void PassOn(IGoalMessage message, IActorRef sender)
    {
        if (_leaving.TryGetValue(message.Goal.Value, out var kept))
            kept.Add((message, sender));
        else
            Coordinator(message.Goal).Tell(message, sender);
    }

    private void OnPassivate(Passivate passivate)
    {
        if (!_leaving.TryAdd(Sender.Path.Name, []))
            return;
        Context.Watch(Sender);
        Sender.Tell(passivate.StopMessage);
    }

    private void OnGone(string goal)
    {
        if (!_leaving.Remove(goal, out var kept))
            return;
        foreach (var (message, sender) in kept)
            PassOn(message, sender);
    }

    private IActorRef Coordinator(GoalId id) =>
        Context.Child(id.Value) is { } child && !child.IsNobody() ? child : Context.ActorOf(GoalCoordinatorActor.Props(_tools), id.Value);
}
