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
    ActorSystemImpl System { get; }

    void SendSystem(SystemMessage message);
}

internal static class InternalRefs
{
    public static IInternalActorRef Internal(this IActorRef actor) =>
        actor as IInternalActorRef ?? throw new ArgumentException($"{actor} is not a handle of this runtime.", nameof(actor));

    public static void Stop(this IActorRef actor) => actor.Internal().SendSystem(new Terminate());
}
