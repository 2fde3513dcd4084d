namespace Akka.Actor;

/// <summary>Birth, failure, restart and death.</summary>
internal sealed partial class ActorCell
{
    private TimerScheduler _timers;
    private Waiting _waiting;
    private Exception _cause;
    private bool _terminated;

    /// <summary>For what the children have to be gone.</summary>
    private enum Waiting
    {
        Nothing,
        Restart,
        Termination,
    }

    public ITimerScheduler Timers => _timers ??= new TimerScheduler(this);

    private void Start()
    {
        try
        {
            _actor = NewActor();
            _actor.PreStart();
        }
        catch (Exception e)
        {
            Discard();
            throw new ActorInitializationException("Exception during creation", e);
        }
    }

    private ActorBase NewActor()
    {
        _behaviour = null;
        var actor = Props.NewActor();
        if (actor is IWithUnboundedStash withStash) withStash.Stash = new StashImpl(this);
        if (actor is ReceiveActor receiveActor) receiveActor.EndConfiguration();
        // A constructor may have called Become already.
        _behaviour ??= actor.Receive;
        return actor;
    }

    /// <summary>The instance is gone; what it had put aside is given to the next one.</summary>
    private void Discard()
    {
        _timers?.CancelAll();
        if (_actor is IWithUnboundedStash { Stash: { } stash }) stash.UnstashAll();
        _actor?.Detach(Self);
        _actor = null;
    }

    /// <summary>Nothing more is handled until the parent has decided. One that failed already, or is on its way out, has told it all.</summary>
    private void Fail(Exception cause)
    {
        if (_cause is not null || _terminated) return;
        _cause = cause;
        Mailbox.Suspend();
        Parent.Itself.SendSystem(new Failed(Self, cause));
    }

    /// <summary>While it waits for its children all of them have been told to stop already, and without an instance it will be itself.</summary>
    private void HandleFailed(Failed failed)
    {
        if (_waiting == Waiting.Nothing && _actor is not null && Child(failed.Child.Path.Name).Equals(failed.Child))
            _actor.SupervisorStrategy().HandleFailure(this, failed.Child, failed.Cause);
    }

    private void Restart(Exception cause)
    {
        if (_waiting != Waiting.Nothing) return;
        try
        {
            _actor.PreRestart(cause, _message);
        }
        catch (Exception e)
        {
            PublishError(e, $"PreRestart threw while restarting after: {cause.Message}");
        }
        Discard();
        StopAllChildren();
        _waiting = Waiting.Restart;
        ContinueWhenChildrenAreGone();
    }

    private void FinishRestart()
    {
        var cause = _cause;
        (_waiting, _cause) = (Waiting.Nothing, null);
        Mailbox.Resume();
        try
        {
            _actor = NewActor();
            _actor.PostRestart(cause);
        }
        catch (Exception e)
        {
            Discard();
            throw new ActorInitializationException($"Exception post restart ({cause.GetType()})", e);
        }
    }

    private void StopSelf()
    {
        lock (_children) _mayHaveChildren = false;
        StopAllChildren();
        Mailbox.Suspend();
        _waiting = Waiting.Termination;
        ContinueWhenChildrenAreGone();
    }

    private void ContinueWhenChildrenAreGone()
    {
        if (_waiting == Waiting.Nothing || HasChildren) return;
        if (_waiting == Waiting.Restart) FinishRestart();
        else if (!_terminated) FinishTermination();
    }

    private void FinishTermination()
    {
        try
        {
            _actor?.PostStop();
        }
        catch (Exception e)
        {
            PublishError(e, $"PostStop threw: {e.Message}");
        }
        Discard();
        _terminated = true;
        Mailbox.Close();
        System.EventStream.Forget(Self);
        Parent.Itself.SendSystem(new DeathWatchNotification(Self, true, false));
        TellWatchers();
        _behaviour = null;
        ForgetMessage();
    }

    private void PublishError(Exception e, string what) =>
        System.EventStream.Publish(new Error(e, Self.Path.ToString(), Props.Type, what));
}
