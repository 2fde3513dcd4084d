namespace Akka.Actor;

/// <summary>Finds actors by their paths.</summary>
public interface IActorRefProvider
{
    /// <summary>What others call this system.</summary>
    Address DefaultAddress { get; }

    IActorRef ResolveActorRef(string path);

    /// <summary>A handle for whoever has this path now. Without an incarnation in the path it can be told things, but its death is not heard of.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);
}
