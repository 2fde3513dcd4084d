namespace Akka.Actor;

/// <summary>
/// The inside of one actor: its instance, behaviours, children and watches. Everything here runs in the turn of its mailbox, so
/// nothing is locked, except the children, which the guardian's <c>ActorOf</c> adds from any thread.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext, ICell
{
    [ThreadStatic]
    private static ActorCell t_current;

    [ThreadStatic]
    private static IActorRef t_outside;
    private readonly Stack<Receive> _behaviours = new();
    private ActorBase _actor;
    private object _message;
    private IActorRef _sender;
    private bool _terminated;
    private long _envelopes;

    public ActorCell(ActorSystem system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        System = system;
        Self = self;
        Props = props;
        Parent = parent;
        Mailbox = new Mailbox(this, props.OnCallingThread ? int.MaxValue : system.Settings.Throughput, props.OnCallingThread);
    }

    /// <summary>The cell whose turn runs on this thread.</summary>
    public static ActorCell Current => t_current;

    /// <summary>Who speaks on this thread: the actor whose turn it is, else whom a test has set.</summary>
    public static IActorRef Speaker => t_current?.Self ?? t_outside;
    public ActorSystem System { get; }
    public Mailbox Mailbox { get; }
    public IActorRef Self { get; }
    public IActorRef Parent { get; }
    public Props Props { get; }
    public int NumberOfMessages => Mailbox.Count;
    public IActorRef Sender => _sender ?? System.DeadLetters;

    /// <summary>For the stash: the message in hand, and who sent it.</summary>
    public Envelope InHand => new(_message, _sender);

    /// <summary>Tells one delivery from the next, also when the same object is sent twice.</summary>
    public long InHandNumber => _envelopes;

    public static ActorCell Enter(ActorCell cell)
    {
        var before = t_current;
        t_current = cell;
        return before;
    }

    /// <summary>Returns who spoke before.</summary>
    public static IActorRef SpeakOutside(IActorRef speaker)
    {
        var before = t_outside;
        t_outside = speaker;
        return before;
    }

    public static void Leave(ActorCell before) => t_current = before;

    /// <summary>A message may be large; an idle actor must not keep its last one alive.</summary>
    public void ForgetMessage()
    {
        _message = null;
        _sender = null;
    }

    public void Invoke(in Envelope envelope)
    {
        _message = envelope.Message;
        _sender = envelope.Sender;
        _envelopes++;
        try
        {
            if (_message is IAutoReceivedMessage) AutoReceive(_message);
            else _actor.Handle(_behaviours.Peek(), _message);
        }
        catch (Exception e)
        {
            Fail(e, null);
        }
    }

    public void InvokeSystem(SystemMessage message)
    {
        try
        {
            if (_terminated) AnswerFromTheGrave(message);
            else if (!PutOff(message)) Handle(message);
        }
        catch (Exception e)
        {
            Fail(e, (message as Failed)?.Child);
        }
    }

    public void Become(Receive receive)
    {
        if (_behaviours.Count > 0) _behaviours.Pop();
        _behaviours.Push(receive);
    }

    public void BecomeStacked(Receive receive) => _behaviours.Push(receive);

    public void Become(UntypedReceive receive) => Become(new Receive(message =>
    {
        receive(message);
        return true;
    }));

    public void UnbecomeStacked()
    {
        if (_behaviours.Count > 1) _behaviours.Pop();
    }

    /// <summary>Deliver as if it had just come from the mailbox, past the runtime's own messages.</summary>
    internal void Deliver(object message)
    {
        _message = message;
        _actor.Handle(_behaviours.Peek(), message);
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case PoisonPill: Self.Stop(); break;
            case Terminated terminated: DeliverTerminated(terminated); break;
            case TimerTick tick: _timers?.Deliver(tick); break;
        }
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case ActorTask rest: rest.Scheduler.Execute(rest.Task); break;
            case Failed failed: HandleFailed(failed); break;
            case DeathWatchNotification death: HandleDeath(death); break;
            case Create: Start(); break;
            case Watch watch: AddWatcher(watch.Watcher); break;
            case Unwatch unwatch: _watchedBy?.Remove(unwatch.Watcher); break;
            case Suspend: SuspendAll(); break;
            case Resume resume: ResumeAll(resume.CausedByFailure); break;
            case Recreate recreate: Restart(recreate.Cause); break;
            case Terminate: StopSelf(); break;
        }
    }

    private void AnswerFromTheGrave(SystemMessage message)
    {
        if (message is Watch watch) watch.Watcher.SendSystem(new DeathWatchNotification(Self, false, false));
    }
}
