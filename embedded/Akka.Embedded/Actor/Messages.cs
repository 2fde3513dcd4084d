namespace Akka.Actor;

/// <summary>Never sent over a wire, so no test setting tries to serialize it.</summary>
public interface INoSerializationVerificationNeeded;

public sealed class PoisonPill
{
    [System.Text.Json.Serialization.JsonConstructor]
    private PoisonPill() { }
    public static PoisonPill Instance { get; } = new();
    public override string ToString() => "<PoisonPill>";
}

/// <summary>Are you there? Every actor that lives answers with an <see cref="ActorIdentity"/>; unlike Akka's, one that is gone says nothing.</summary>
public sealed class Identify(object messageId)
{
    public object MessageId { get; } = messageId;
}

public sealed class ActorIdentity(object messageId, IActorRef subject)
{
    public object MessageId { get; } = messageId;
    public IActorRef Subject { get; } = subject;
}

/// <summary>A watched actor is gone. Not confirmed to have existed means that it was gone before the watch began.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated) : INoSerializationVerificationNeeded
{
    public IActorRef ActorRef { get; } = actorRef;
    public bool ExistenceConfirmed { get; } = existenceConfirmed;
    public bool AddressTerminated { get; } = addressTerminated;
}

/// <summary>The plain way to say that it went wrong.</summary>
public abstract record Status
{
    private protected Status() { }

    public sealed record Failure(Exception Cause) : Status;
}

/// <summary>A message with its sender, as it lies in a mailbox or a stash.</summary>
internal readonly record struct Envelope(object Message, IActorRef Sender);
