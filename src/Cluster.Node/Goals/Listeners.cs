using Akka.Actor;

namespace ProverCluster.Node.Goals;

/// <summary>Who waits for a goal.</summary>
internal sealed class Listeners
{
    private readonly HashSet<IActorRef> _actors = [];

    public bool IsEmpty => _actors.Count == 0;

    public bool Add(IActorRef actor) => _actors.Add(actor);

    public void Remove(IActorRef actor) => _actors.Remove(actor);

    public void Tell(object message)
    {
        foreach (var actor in _actors)
            actor.Tell(message);
    }
}
