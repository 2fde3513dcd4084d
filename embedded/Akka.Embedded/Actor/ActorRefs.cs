namespace Akka.Actor;

public interface ICanTell
{
    void Tell(object message, IActorRef sender);
}

/// <summary>The handle of an actor: all that anyone else ever holds of it.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>What the runtime itself may do with a handle.</summary>
internal interface IInternalActorRef : IActorRef
{
    ActorSystem System { get; }

    void SendSystem(SystemMessage message);
}

internal static class InternalRefs
{
    public static IInternalActorRef Internal(this IActorRef actor) =>
        actor as IInternalActorRef ?? throw new ArgumentException($"{actor} is not a handle of this runtime.", nameof(actor));

    public static void Stop(this IActorRef actor) => actor.Internal().SendSystem(new Terminate());
}

/// <summary>Handles are equal when path and incarnation are.</summary>
public abstract class ActorRefBase : IInternalActorRef
{
    private protected ActorRefBase() { }
    public abstract ActorPath Path { get; }

    ActorSystem IInternalActorRef.System => System;

    internal virtual ActorSystem System => null;
    public abstract void Tell(object message, IActorRef sender);

    void IInternalActorRef.SendSystem(SystemMessage message) => SendSystem(message);

    /// <summary>Another system is told of this handle and may want to answer to it.</summary>
    internal virtual void Export() { }

    /// <summary>What is not an actor is never alive, so whoever watches it hears at once that it is not there.</summary>
    internal virtual void SendSystem(SystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(this))
            watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee, false, false));
    }

    public bool Equals(IActorRef other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object obj) => Equals(obj as IActorRef);
    public override int GetHashCode() => Path.Uid == 0 ? Path.GetHashCode() : Path.Uid.GetHashCode();
    public int CompareTo(IActorRef other) => Path.CompareTo(other?.Path) is not 0 and var byPath ? byPath : Path.Uid.CompareTo(other?.Path.Uid ?? 0);
    public int CompareTo(object obj) => CompareTo((IActorRef)obj);
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

    internal LocalActorRef(ActorSystem system, Props props, IInternalActorRef parent, ActorPath path)
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
        InvalidMessageException.IfNull(message);
        _mailbox.Post(new Envelope(message, sender));
    }

    internal override void SendSystem(SystemMessage message) => _mailbox.PostSystem(message);
}

/// <summary>The handle that leads nowhere. What is told to it is gone without a trace, as in Akka.NET.</summary>
public sealed class Nobody : ActorRefBase
{
    public static Nobody Instance = new();
    private Nobody() { }
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems"), "/Nobody");
    public override void Tell(object message, IActorRef sender) => InvalidMessageException.IfNull(message);
}

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;
    public static readonly IActorRef NoSender = null;
}

public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef actorRef) => actorRef is null or Nobody;
}

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>The sender is the actor in whose handler this is called, if any.</summary>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Speaker);
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}

/// <summary>Where messages without a living receiver go: onto the event stream, where the log picks them up.</summary>
internal sealed class DeadLetterRef(ActorSystem system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;
    internal override ActorSystem System => system;

    public override void Tell(object message, IActorRef sender)
    {
        InvalidMessageException.IfNull(message);
        Deliver(message, sender, this);
    }

    internal void Deliver(object message, IActorRef sender, IActorRef recipient)
    {
        if (message is AllDeadLetters already) system.EventStream.Publish(already);
        else if (message is IDeadLetterSuppression suppressed) system.EventStream.Publish(new SuppressedDeadLetter(suppressed, sender ?? this, recipient));
        else system.EventStream.Publish(new DeadLetter(message, sender ?? this, recipient));
    }
}
