using Akka.Actor;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Node.Goals;

/// <summary>Submits one goal for somebody outside the actor system, and hands on what is told of it.</summary>
internal sealed class GoalListenerActor : ReceiveActor
{
    private readonly IActorRef _goals;
    private readonly Goal _goal;
    private readonly TaskCompletionSource<GoalAnswer> _answer;

    public GoalListenerActor(IActorRef goals, Goal goal, IProgress<IGoalEvent>? progress, TaskCompletionSource<GoalAnswer> answer)
    {
        _goals = goals;
        _goal = goal;
        _answer = answer;
        Receive<IGoalEvent>(told =>
        {
            progress?.Report(told);
            if (told is GoalEvents.Accepted)
                Context.Watch(Sender);
            else if (told is GoalEvents.Settled settled)
                _answer.TrySetResult(settled.Answer);
        });
        // Through here, so that it cannot overtake the submission.
        Receive<GoalCommands.Withdraw>(withdraw => _goals.Tell(withdraw));
        // The coordinator stops once it has settled the goal; if it did not, PostStop says so.
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    public static Props Props(IActorRef goals, Goal goal, IProgress<IGoalEvent>? progress, TaskCompletionSource<GoalAnswer> answer) =>
        Akka.Actor.Props.Create(() => new GoalListenerActor(goals, goal, progress, answer));

    protected override void PreStart() => _goals.Tell(new GoalCommands.Submit(_goal));

    /// <summary>A caller is never left waiting for a coordinator that is gone.</summary>
    protected override void PostStop() =>
        _answer.TrySetException(new InvalidOperationException($"the node stopped before goal {_goal.Id} was settled"));
}
