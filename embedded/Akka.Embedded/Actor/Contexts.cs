namespace Akka.Actor;

public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string name = null);
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
    void Stop(IActorRef child);
    void Become(Receive receive);
}
