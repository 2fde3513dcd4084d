namespace Akka.Remote;

/// <summary>How a system reaches others.</summary>
public abstract class RemoteTransport
{
    private protected RemoteTransport() { }

    /// <summary>For faults on purpose: a <see cref="Transport.SetThrottle"/>. What nobody here understands does nothing.</summary>
    public abstract Task<bool> ManagementCommand(object cmd);
}

public interface IRemoteActorRefProvider : IActorRefProvider
{
    RemoteTransport Transport { get; }

    /// <summary>Who tells those who watch actors on other nodes of their end. It takes <see cref="Cluster.ClusterEvent.MemberRemoved"/> for the end of all on that node.</summary>
    IActorRef RemoteWatcher { get; }
}

/// <param name="system">Whose actors it finds.</param>
/// <param name="memory">The way to others; null in a system that knows none.</param>
internal sealed class ActorRefProvider(ActorSystem system, InMemoryTransport memory) : IRemoteActorRefProvider
{
    public RemoteTransport Transport => memory;
    public IActorRef RemoteWatcher => memory?.Watcher ?? ActorRefs.Nobody;
    public Address DefaultAddress { get; } = memory?.Address ?? new Address("akka", system.Name);
    public IActorRef ResolveActorRef(string path) => ResolveActorRef(ActorPath.Parse(path));

    public IActorRef ResolveActorRef(ActorPath actorPath) => memory is null || actorPath.Address.Host is null || actorPath.Address == DefaultAddress
        ? system.Find(actorPath)
        : new RemoteActorRef(memory, actorPath);
}

/// <summary>The handle of an actor in another system.</summary>
internal sealed class RemoteActorRef(InMemoryTransport transport, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;
    internal override ActorSystem System => transport.System;

    public override void Tell(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        transport.Send(message, sender, this);
    }

    internal override void SendSystem(SystemMessage message)
    {
        if (message is Watch watch) transport.Watcher.Tell(new RemoteWatcher.Track(this, watch.Watcher), ActorRefs.NoSender);
        else if (message is Unwatch unwatch) transport.Watcher.Tell(new RemoteWatcher.Untrack(this, unwatch.Watcher, IsDead: false), ActorRefs.NoSender);
        else transport.Send(message, ActorRefs.NoSender, this);
    }
}
