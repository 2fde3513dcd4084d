namespace Akka.TestKit;

/// <summary>A further actor of the test, to play the others that the tested one talks to. It can stand wherever a handle can.</summary>
public class TestProbe : TestKitBase, IActorRef
{
    internal TestProbe(ActorSystem system, string name) : base(system, name) { }
    public IActorRef Ref => TestActor;

    ActorPath IActorRef.Path => TestActor.Path;

    ActorRefBase IActorRef.Itself => TestActor.Itself;

    public void Reply(object message) => LastSender.Tell(message, TestActor);
    public override bool Equals(object obj) => TestActor.Equals(obj);
    public override int GetHashCode() => TestActor.GetHashCode();
    public override string ToString() => TestActor.ToString();

    void IActorRef.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    bool IEquatable<IActorRef>.Equals(IActorRef other) => TestActor.Equals(other);
}
