namespace Akka.Actor;

/// <summary>The handle of an actor: all that anyone else ever holds of it.</summary>
public interface IActorRef : IEquatable<IActorRef>
{
    ActorPath Path { get; }

    void Tell(object message, IActorRef sender);

    /// <summary>What the runtime itself deals with; a test's probe stands for the handle of its actor.</summary>
    internal ActorRefBase Itself => (ActorRefBase)this;

    internal void Stop() => Itself.SendSystem(new Terminate());
}

/// <summary>Handles are equal when path and incarnation are.</summary>
public abstract class ActorRefBase : IActorRef
{
    private protected ActorRefBase() { }
    public abstract ActorPath Path { get; }
    internal abstract ActorSystem System { get; }
    public abstract void Tell(object message, IActorRef sender);

    /// <summary>What is not an actor is never alive, so whoever watches it hears at once that it is not there.</summary>
    internal virtual void SendSystem(SystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(this))
            watch.Watcher.Itself.SendSystem(new DeathWatchNotification(watch.Watchee, false, false));
    }

    public bool Equals(IActorRef other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object obj) => Equals(obj as IActorRef);
    public override int GetHashCode() => Path.Uid == 0 ? Path.GetHashCode() : Path.Uid.GetHashCode();
    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";
}

/// <summary>The handle of an actor that lives here: whoever looks at a system from inside sees more of it.</summary>
public abstract class ActorRefWithCell : ActorRefBase
{
    private protected ActorRefWithCell() { }
    public abstract ICell Underlying { get; }
    public abstract IEnumerable<IActorRef> Children { get; }
}

/// <summary>What may be looked at of an actor by any thread.</summary>
public interface ICell
{
    Props Props { get; }
    int NumberOfMessages { get; }
}

internal sealed class LocalActorRef : ActorRefWithCell
{
    private readonly Mailbox _mailbox;

    internal LocalActorRef(ActorSystem system, Props props, IActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent);
        _mailbox = Cell.Mailbox;
    }

    public override ActorPath Path { get; }
    internal ActorCell Cell { get; }
    public override ICell Underlying => Cell;
    public override IEnumerable<IActorRef> Children => Cell.GetChildren();
    internal override ActorSystem System => Cell.System;

    public override void Tell(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        _mailbox.Post(new Envelope(message, sender));
    }

    internal override void SendSystem(SystemMessage message) => _mailbox.PostSystem(message);
}

/// <summary>A handle that leads nowhere: what is told to it is gone without a trace.</summary>
internal class EmptyRef(ActorSystem system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;
    internal override ActorSystem System { get; } = system;
    public override void Tell(object message, IActorRef sender) => ArgumentNullException.ThrowIfNull(message);
}

/// <summary>Stands where there is no actor, in any system.</summary>
public sealed class Nobody : ActorRefBase
{
    public static Nobody Instance = new();
    private Nobody() { }
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems"), "/Nobody");
    internal override ActorSystem System => null;
    public override void Tell(object message, IActorRef sender) => ArgumentNullException.ThrowIfNull(message);
}

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;
    public static readonly IActorRef NoSender = null;
}

public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef actorRef) => actorRef is null or Nobody;

    /// <summary>The sender is the actor in whose handler this is called, if any.</summary>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Speaker);
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}
