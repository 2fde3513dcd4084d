namespace Akka.Actor;

public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string name = null);
}

/// <summary>What an actor sees of the runtime, valid only inside its own handlers.</summary>
public interface IActorContext : IActorRefFactory
{
    IActorRef Self { get; }
    IActorRef Sender { get; }
    IActorRef Parent { get; }
    Props Props { get; }
    ActorSystem System { get; }
    IActorRef Child(string name);
    void Stop(IActorRef child);
    IActorRef Watch(IActorRef subject);
    IActorRef WatchWith(IActorRef subject, object message);
    IActorRef Unwatch(IActorRef subject);
    void Become(Receive receive);
}
