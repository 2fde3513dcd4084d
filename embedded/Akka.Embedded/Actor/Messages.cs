using Akka.Event;

namespace Akka.Actor;

/// <summary>Handled by the runtime itself and not by the actor's behaviour.</summary>
public interface IAutoReceivedMessage;

/// <summary>Does not put off a receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Never sent over a wire, so no test setting tries to serialize it.</summary>
public interface INoSerializationVerificationNeeded;

public interface IPossiblyHarmful;

public sealed class PoisonPill : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    private PoisonPill() { }
    public static PoisonPill Instance { get; } = new();
    public override string ToString() => "<PoisonPill>";
}

public sealed class Kill : IAutoReceivedMessage
{
    private Kill() { }
    public static Kill Instance { get; } = new();
    public override string ToString() => "<Kill>";
}

public class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout() { }
    public static ReceiveTimeout Instance { get; } = new();
}

/// <summary>A watched actor is gone. Not confirmed to have existed means that it was gone before the watch began.</summary>
public sealed class Terminated : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    public Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    {
        ActorRef = actorRef;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    public IActorRef ActorRef { get; }
    public bool ExistenceConfirmed { get; }
    public bool AddressTerminated { get; }
    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}

/// <summary>Any actor answers this with an <see cref="ActorIdentity"/>.</summary>
public sealed class Identify : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    public Identify(object messageId) => MessageId = messageId;
    public object MessageId { get; }
}

public sealed class ActorIdentity
{
    public ActorIdentity(object messageId, IActorRef subject)
    {
        MessageId = messageId;
        Subject = subject;
    }

    public object MessageId { get; }

    /// <summary>Null when nobody was there.</summary>
    public IActorRef Subject { get; }
}

/// <summary>The plain way to say to an <c>Ask</c> that it went well or not.</summary>
public abstract class Status
{
    private protected Status() { }

    public sealed class Success : Status
    {
        public static readonly Success Instance = new(null);
        public readonly object Status;
        public Success(object status) => Status = status;
        public override string ToString() => $"Success: {Status}";
    }

    public sealed class Failure : Status
    {
        public readonly Exception Cause;
        public readonly object State;
        public Failure(Exception cause) : this(cause, null) { }

        public Failure(Exception cause, object state)
        {
            Cause = cause;
            State = state;
        }

        public override string ToString() => $"Failure: {Cause}";
    }
}
