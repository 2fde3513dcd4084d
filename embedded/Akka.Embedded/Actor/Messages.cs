namespace Akka.Actor;

/// <summary>Handled by the runtime itself and not by the actor's behaviour.</summary>
public interface IAutoReceivedMessage;

/// <summary>Does not put off a receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Never sent over a wire, so no test setting tries to serialize it.</summary>
public interface INoSerializationVerificationNeeded;

public sealed class PoisonPill : IAutoReceivedMessage, IDeadLetterSuppression
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

public class ReceiveTimeout
{
    private ReceiveTimeout() { }
    public static ReceiveTimeout Instance { get; } = new();
}

/// <summary>A watched actor is gone. Not confirmed to have existed means that it was gone before the watch began.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IAutoReceivedMessage, IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    public IActorRef ActorRef { get; } = actorRef;
    public bool ExistenceConfirmed { get; } = existenceConfirmed;
    public bool AddressTerminated { get; } = addressTerminated;
    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}

/// <summary>Any actor answers this with an <see cref="ActorIdentity"/>.</summary>
public sealed class Identify(object messageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    public object MessageId { get; } = messageId;
}

/// <summary>The subject is null when nobody was there.</summary>
public sealed class ActorIdentity(object messageId, IActorRef subject)
{
    public object MessageId { get; } = messageId;
    public IActorRef Subject { get; } = subject;
}

/// <summary>The plain way to say to an <c>Ask</c> that it went well or not.</summary>
public abstract class Status
{
    private protected Status() { }

    public sealed class Success(object status) : Status
    {
        public static readonly Success Instance = new(null);
        public readonly object Status = status;
        public override string ToString() => $"Success: {Status}";
    }

    public sealed class Failure(Exception cause, object state) : Status
    {
        public readonly Exception Cause = cause;
        public readonly object State = state;
        public Failure(Exception cause) : this(cause, null) { }
        public override string ToString() => $"Failure: {Cause}";
    }
}
