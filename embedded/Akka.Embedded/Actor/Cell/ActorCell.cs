namespace Akka.Actor;

/// <summary>
/// The inside of one actor: its instance, behaviour, children and watches. Everything here runs in the turn of its mailbox, so
/// nothing is locked, except the children.
/// </summary>
internal sealed partial class ActorCell : IActorContext, ICell
{
    /// <summary>The cell whose turn runs on this thread.</summary>
    [ThreadStatic]
    public static ActorCell Current;

    /// <summary>Who speaks on this thread where it is no actor's turn: whom a test has set.</summary>
    [ThreadStatic]
    public static IActorRef Outside;
    private ActorBase _actor;
    private Receive _behaviour;
    private object _message;
    private IActorRef _sender;

    public ActorCell(ActorSystem system, LocalActorRef self, Props props, IActorRef parent)
    {
        System = system;
        Self = self;
        Props = props;
        Parent = parent;
        Mailbox = new Mailbox(this, props.OnCallingThread ? int.MaxValue : system.Settings.Throughput, props.OnCallingThread);
    }

    public static IActorRef Speaker => Current?.Self ?? Outside;
    public ActorSystem System { get; }
    public Mailbox Mailbox { get; }
    public IActorRef Self { get; }
    public IActorRef Parent { get; }
    public Props Props { get; }
    public int NumberOfMessages => Mailbox.Count;
    public IActorRef Sender => _sender ?? System.DeadLetters;

    /// <summary>For the stash: the message in hand, and who sent it.</summary>
    public Envelope InHand => new(_message, _sender);

    /// <summary>A message may be large; an idle actor must not keep its last one alive.</summary>
    public void ForgetMessage() => (_message, _sender) = (null, null);

    public void Invoke(Envelope envelope)
    {
        (_message, _sender) = (envelope.Message, envelope.Sender);
        try
        {
            switch (_message)
            {
                case PoisonPill: Self.Stop(); break;
                case Identify identify: Sender.Tell(new ActorIdentity(identify.MessageId, Self)); break;
                case Terminated terminated: DeliverTerminated(terminated); break;
                case TimerScheduler.Tick tick: _timers?.Deliver(tick); break;
                default: _actor.Handle(_behaviour, _message); break;
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    public void InvokeSystem(SystemMessage message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    public void Become(Receive receive) => _behaviour = receive;

    /// <summary>Deliver as if it had just come from the mailbox, past the runtime's own messages.</summary>
    internal void Deliver(object message)
    {
        _message = message;
        _actor.Handle(_behaviour, message);
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when _terminated: watch.Watcher.Itself.SendSystem(new DeathWatchNotification(Self, false, false)); break;
            case Watch watch when !watch.Watcher.Equals(Self): _watchedBy.Add(watch.Watcher); break;
            case Unwatch unwatch: _watchedBy.Remove(unwatch.Watcher); break;
            case Failed failed: HandleFailed(failed); break;
            case DeathWatchNotification death: HandleDeath(death); break;
            case Create: Start(); break;
            case Recreate recreate: Restart(recreate.Cause); break;
            case Terminate: StopSelf(); break;
        }
    }
}
