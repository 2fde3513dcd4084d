namespace Akka.Actor;

public delegate bool Receive(object message);

public abstract class ActorBase
{
    private IActorRef _selfAfterwards;

    protected ActorBase()
    {
        if (ActorCell.Current is not { } cell)
            throw new ActorInitializationException($"{GetType()} cannot be made with new; ask a context or a system for it with ActorOf.");
        // Now, so that a constructor can start a timer already.
        if (this is IWithTimers withTimers) withTimers.Timers = cell.Timers;
    }

    protected static IActorContext Context => ActiveCell;
    protected IActorRef Self => _selfAfterwards ?? ActiveCell.Self;
    protected IActorRef Sender => ActiveCell.Sender;

    internal static ActorCell ActiveCell => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext on this thread. Capture Self or Sender before leaving the actor, for example by await with ConfigureAwait(false).");

    internal void Detach(IActorRef self) => _selfAfterwards = self;

    internal void Handle(Receive receive, object message)
    {
        if (!receive(message)) Unhandled(message);
    }

    protected internal abstract bool Receive(object message);

    /// <summary>A death that nobody handles is one's own; all else is let go without a word.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
    }

    protected internal virtual void PreStart() { }
    protected internal virtual void PostStop() { }

    /// <summary>Stops all children and then does what <see cref="PostStop"/> does, on the instance that is about to go.</summary>
    protected internal virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in ActiveCell.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    protected internal virtual void PostRestart(Exception reason) => PreStart();
    protected internal virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;
    protected void Become(Receive receive) => Context.Become(receive);
}

public abstract class UntypedActor : ActorBase
{
    protected internal sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);
}
