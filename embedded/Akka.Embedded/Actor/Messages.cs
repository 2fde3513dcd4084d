namespace Akka.Actor;

/// <summary>Handled by the runtime itself and not by the actor's behaviour.</summary>
public interface IAutoReceivedMessage;

/// <summary>Never sent over a wire, so no test setting tries to serialize it.</summary>
public interface INoSerializationVerificationNeeded;

public sealed class PoisonPill : IAutoReceivedMessage, IDeadLetterSuppression
{
    private PoisonPill() { }
    public static PoisonPill Instance { get; } = new();
    public override string ToString() => "<PoisonPill>";
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

/// <summary>The plain way to say to an <c>Ask</c> that it went wrong.</summary>
public abstract class Status
{
    private protected Status() { }

    public sealed class Failure(Exception cause) : Status
    {
        public readonly Exception Cause = cause;
        public override string ToString() => $"Failure: {Cause}";
    }
}

/// <summary>A message with its sender, as it lies in a mailbox or a stash.</summary>
public readonly struct Envelope
{
    internal Envelope(object message, IActorRef sender) => (Message, Sender) = (message, sender);
    public object Message { get; }
    public IActorRef Sender { get; }
}
