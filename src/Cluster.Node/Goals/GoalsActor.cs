using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Node.Goals;

/// <summary>The plain local parent of coordinators, where no cluster shards them: one child for each goal that is not settled.</summary>
internal sealed class GoalsActor : ReceiveActor
{
    private readonly CoordinatorTools _tools;

    public GoalsActor(CoordinatorTools tools)
    {
        _tools = tools;
        Receive<GoalCommands.Submit>(submit => Coordinator(submit.Id).Forward(submit));
        Receive<IGoalCommand>(command => Existing(command.Id).Forward(command));
    }

    public static Props Props(CoordinatorTools tools) => Akka.Actor.Props.Create(() => new GoalsActor(tools));

    /// <summary>A coordinator that fails is not restarted: its listeners are told by death watch, its runs by their own.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private static IActorRef Existing(GoalId id) => Context.Child(id.Value);

    private IActorRef Coordinator(GoalId id) =>
        Existing(id) is { } child && !child.IsNobody() ? child : Context.ActorOf(GoalCoordinatorActor.Props(_tools), id.Value);
}
