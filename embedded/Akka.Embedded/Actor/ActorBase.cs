namespace Akka.Actor;

public delegate bool Receive(object message);

public delegate void UntypedReceive(object message);

public abstract class ActorBase
{
    private readonly SupervisorStrategy _fromProps;
    private SupervisorStrategy _strategy;
    private IActorRef _selfAfterwards;

    protected ActorBase()
    {
        if (ActorCell.Current is not { } cell)
            throw new ActorInitializationException($"{GetType()} cannot be made with new; ask a context or a system for it with ActorOf.");
        _fromProps = cell.Props.SupervisorStrategy;
        // Now, so that a constructor can start a timer already.
        if (this is IWithTimers withTimers) withTimers.Timers = cell.Timers;
    }

    protected static IActorContext Context => ActiveCell;
    protected IActorRef Self => _selfAfterwards ?? ActiveCell.Self;
    protected IActorRef Sender => ActiveCell.Sender;
    internal SupervisorStrategy StrategyInUse => _strategy ??= _fromProps ?? SupervisorStrategy();

    internal static ActorCell ActiveCell => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext on this thread. Capture Self or Sender before leaving the actor, for example by await with ConfigureAwait(false).");

    internal void RunPreStart() => PreStart();
    internal void RunPostStop() => PostStop();
    internal void RunPreRestart(Exception cause, object message) => PreRestart(cause, message);
    internal void RunPostRestart(Exception cause) => PostRestart(cause);
    internal bool Handle(object message) => Receive(message);
    internal void Detach(IActorRef self) => _selfAfterwards = self;

    internal void Handle(Receive receive, object message)
    {
        if (!receive(message)) Unhandled(message);
    }

    protected abstract bool Receive(object message);

    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        ActiveCell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected virtual void PreStart() { }
    protected virtual void PostStop() { }

    /// <summary>Stops all children and then does what <see cref="PostStop"/> does, on the instance that is about to go.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    protected virtual void PostRestart(Exception reason) => PreStart();
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;
    protected void Become(Receive receive) => Context.Become(receive);
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);
    protected void UnbecomeStacked() => Context.UnbecomeStacked();
}

public abstract class UntypedActor : ActorBase
{
    protected new static IUntypedActorContext Context => ActiveCell;

    protected override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    /// <summary>Runs an asynchronous piece of this handler; no other message is handled before it has ended.</summary>
    protected void RunTask(Func<Task> action) => ActiveCell.RunTask(action);
    protected void Become(UntypedReceive receive) => Context.Become(receive);
}
