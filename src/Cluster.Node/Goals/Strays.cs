using Akka.Actor;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Goals;

/// <summary>What a node hears that tells of a run, or keeps a slot, for a race that is not the one at hand.</summary>
internal static class Strays
{
    public static readonly RunStop Stop = new(StopReason.Preempted, "its race goes on without it");

    public static void Answer(IActorRef agent, object told)
    {
        switch (told)
        {
            case RunEvents.Ended ended:
                agent.Tell(new RunCommands.Heard(ended.Run));
                break;
            case RunEvents.Started or RunEvents.Concluded:
                agent.Tell(new RunCommands.Preempt(((IRunEvent)told).Run, Stop));
                break;
            case SlotEvents.Granted granted:
                agent.Tell(new SlotCommands.Pass(granted.Goal, granted.Incarnation, granted.Grant, null));
                break;
        }
    }
}
