namespace Akka.Actor;

/// <summary>Birth, restart and death.</summary>
internal sealed partial class ActorCell
{
    private TimerScheduler _timers;
    private ActorTaskScheduler _taskScheduler;
    public ITimerScheduler Timers => _timers ??= new TimerScheduler(this);

    /// <summary>
    /// Runs an asynchronous handler. Until it has ended no further user message is handed out; its continuations come back through
    /// the mailbox as system messages, so that <c>Self</c>, <c>Sender</c> and the actor's own state are as they were.
    /// </summary>
    public void RunTask(Func<Task> action)
    {
        var start = new Task<Task>(action);
        start.RunSynchronously(_taskScheduler ??= new ActorTaskScheduler(this));
        var running = start.GetAwaiter().GetResult();
        if (running.IsCompleted)
        {
            running.GetAwaiter().GetResult();
            return;
        }
        Mailbox.Suspend();
        running.ContinueWith(AfterTask, CancellationToken.None, TaskContinuationOptions.None, _taskScheduler);
    }

    private void AfterTask(Task task)
    {
        Mailbox.Resume();
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            Fail(e, null);
        }
    }

    private void Start()
    {
        try
        {
            _actor = NewActor();
            _actor.RunPreStart();
        }
        catch (Exception e)
        {
            Discard();
            throw new ActorInitializationException(Self, "Exception during creation", e);
        }
    }

    private ActorBase NewActor()
    {
        _behaviours.Clear();
        var actor = Props.NewActor();
        if (actor is IActorStash withStash) withStash.Stash = new StashImpl(this);
        if (actor is ReceiveActor receiveActor) receiveActor.EndConfiguration();
        // A constructor may have called Become already.
        if (_behaviours.Count == 0) _behaviours.Push(actor.Handle);
        return actor;
    }

    /// <summary>The instance is gone; what it had put aside is given to the next one, or to the dead letters.</summary>
    private void Discard()
    {
        _timers?.CancelAll();
        if (_actor is IActorStash { Stash: { } stash }) stash.UnstashAll();
        _actor?.Detach(Self);
        _actor = null;
    }

    private void Restart(Exception cause)
    {
        if (_actor is null)
        {
            // The constructor or PreStart failed, so what follows is a first start and not a restart.
            StopAllChildren();
            WaitForChildren(Waiting.Recreation, null);
            return;
        }
        try
        {
            _actor.RunPreRestart(cause, Self.Equals(_failed) ? _message : null);
        }
        catch (Exception e)
        {
            PublishError(e, $"PreRestart threw while restarting after: {cause.Message}");
        }
        Discard();
        WaitForChildren(Waiting.Recreation, cause);
    }

    private void FinishRestart(Exception cause)
    {
        Mailbox.Resume();
        _failed = null;
        if (cause is null)
        {
            Start();
            return;
        }
        try
        {
            var survivors = _children?.All() ?? [];
            _actor = NewActor();
            _actor.RunPostRestart(cause);
            foreach (var child in survivors) child.Child.SendSystem(new Recreate(cause));
        }
        catch (Exception e)
        {
            Discard();
            throw new PostRestartException(Self, e, cause);
        }
    }

    private void StopSelf()
    {
        _children?.Close();
        StopAllChildren();
        if (_waiting != Waiting.Termination) Mailbox.Suspend();
        WaitForChildren(Waiting.Termination, null);
    }

    private void FinishTermination()
    {
        try
        {
            _actor?.RunPostStop();
        }
        catch (Exception e)
        {
            PublishError(e, $"PostStop threw: {e.Message}");
        }
        Discard();
        _terminated = true;
        Mailbox.Close();
        System.EventStream.Forget(Self);
        Parent.Internal().SendSystem(new DeathWatchNotification(Self, true, false));
        TellWatchers();
        _behaviours.Clear();
        ForgetMessage();
    }

    private void PublishError(Exception e, string what) =>
        System.EventStream.Publish(new Error(e, Self.Path.ToString(), Props.Type, what));
}
