using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

/// <summary>Starts one runner as a node's agent does, and passes on what it is told.</summary>
internal sealed class RunnerParent : ReceiveActor
{
    public RunnerParent(RunRequest request, RunnerTools tools, IActorRef told)
    {
        var runner = Context.ActorOf(ProverRunnerActor.Props(request, tools));
        Receive<IRunCommand>(command => runner.Tell(command));
        ReceiveAny(told.Tell);
    }

    public static RunCommands.Start Start(RunLimits limits) =>
        new(RunId.Parse("g1/1/z3/1"), null, GoalLanguage.SmtLib2, TextDigest.Of("x"u8), "", limits);
}
