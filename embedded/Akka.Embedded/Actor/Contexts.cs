namespace Akka.Actor;

public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string name = null);
}

public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);
}

public interface ICanWatch
{
    IActorRef Watch(IActorRef subject);
    IActorRef WatchWith(IActorRef subject, object message);
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor sees of the runtime, valid only inside its own handlers.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }
    IActorRef Sender { get; }
    IActorRef Parent { get; }
    Props Props { get; }
    ActorSystem System { get; }
    IActorRef Child(string name);
    IEnumerable<IActorRef> GetChildren();
    void Stop(IActorRef child);
    void Become(Receive receive);
    void BecomeStacked(Receive receive);
    void UnbecomeStacked();
}

public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);
}
