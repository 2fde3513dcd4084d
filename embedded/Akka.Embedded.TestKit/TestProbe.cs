namespace Akka.TestKit;

/// <summary>A further actor of the test, to play the others that the tested one talks to. It can stand wherever a handle can.</summary>
public class TestProbe : TestKitBase, IInternalActorRef
{
    internal TestProbe(ActorSystem system, string name) : base(system, name) { }
    public IActorRef Ref => TestActor;

    /// <summary>Of the message received last.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    ActorSystem IInternalActorRef.System => Sys;

    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);
    public void Reply(object message) => Sender.Tell(message, TestActor);
    public override bool Equals(object obj) => TestActor.Equals(obj);
    public override int GetHashCode() => TestActor.GetHashCode();
    public override string ToString() => TestActor.ToString();
    public int CompareTo(object obj) => TestActor.CompareTo(obj);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    void IInternalActorRef.SendSystem(SystemMessage message) => TestActor.Internal().SendSystem(message);

    bool IEquatable<IActorRef>.Equals(IActorRef other) => TestActor.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef other) => TestActor.CompareTo(other);
}
