namespace Akka.Remote;

/// <summary>How a system reaches others.</summary>
public abstract class RemoteTransport
{
    private protected RemoteTransport() { }
    public abstract Address DefaultAddress { get; }

    /// <summary>For faults on purpose: a <see cref="Transport.SetThrottle"/>. What nobody here understands does nothing.</summary>
    public abstract Task<bool> ManagementCommand(object cmd);
}

public interface IRemoteActorRefProvider : IActorRefProvider
{
    RemoteTransport Transport { get; }
}

internal sealed class RemoteActorRefProvider(ActorSystemImpl system) : IRemoteActorRefProvider
{
    public InMemoryTransport Memory { get; } = new(system);
    public Address DefaultAddress => Memory.DefaultAddress;
    RemoteTransport IRemoteActorRefProvider.Transport => Memory;
    public IActorRef ResolveActorRef(string path) => ResolveActorRef(ActorPath.Parse(path));

    public IActorRef ResolveActorRef(ActorPath actorPath) =>
        actorPath.Address.Host is null || actorPath.Address == DefaultAddress ? system.Find(actorPath) : new RemoteActorRef(Memory, actorPath);
}

internal static class RemotePaths
{
    /// <summary>What other systems call this actor.</summary>
    public static ActorPath Of(IActorRef actor, ExtendedActorSystem fallback)
    {
        if (actor.Path.Address.Host is not null) return actor.Path;
        (actor as ActorRefBase)?.Export();
        return actor.Path.At(((actor.Internal().System ?? fallback) as ExtendedActorSystem).Provider.DefaultAddress);
    }
}

/// <summary>The handle of an actor in another system.</summary>
internal sealed class RemoteActorRef(InMemoryTransport transport, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;
    internal override ActorSystem System => transport.System;

    public override void Tell(object message, IActorRef sender)
    {
        InvalidMessageException.IfNull(message);
        transport.Send(message, sender, this);
    }

    internal override void SendSystem(SystemMessage message)
    {
        if (message is Watch watch) transport.Watcher.Tell(new RemoteWatcher.Track(this, watch.Watcher), ActorRefs.NoSender);
        else if (message is Unwatch unwatch) transport.Watcher.Tell(new RemoteWatcher.Untrack(this, unwatch.Watcher, IsDead: false), ActorRefs.NoSender);
        else transport.Send(message, ActorRefs.NoSender, this);
    }
}
