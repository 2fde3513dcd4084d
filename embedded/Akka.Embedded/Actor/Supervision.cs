namespace Akka.Actor;

/// <summary>What a parent does about a child that threw: it makes it anew, or stops it.</summary>
public abstract class SupervisorStrategy
{
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(cause => cause is ActorInitializationException or DeathPactException);
    public static readonly OneForOneStrategy StoppingStrategy = new(_ => true);
    private readonly Predicate<Exception> _isTheEnd;
    private protected SupervisorStrategy(Predicate<Exception> isTheEnd) => _isTheEnd = isTheEnd;

    internal void HandleFailure(ActorCell parent, IActorRef child, Exception cause)
    {
        var message = (cause is ActorInitializationException { InnerException: { } inner } ? inner : cause).Message;
        parent.System.EventStream.Publish(new Error(cause, child.Path.ToString(), GetType(), message));
        if (_isTheEnd(cause)) child.Stop();
        else child.Itself.SendSystem(new Recreate(cause));
    }
}

/// <summary>Each child is judged alone.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    internal OneForOneStrategy(Predicate<Exception> isTheEnd) : base(isTheEnd) { }
}
