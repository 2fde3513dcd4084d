using System.Runtime.ExceptionServices;

namespace Akka.Actor;

/// <summary>Failing, being suspended and resumed, and judging the failures of children.</summary>
internal sealed partial class ActorCell
{
    private enum Waiting
    {
        None,
        Recreation,
        Termination,
    }

    /// <summary>Who failed: this actor, or the child whose failure it passed on. Null while all is well.</summary>
    private IActorRef _failed;
    private Waiting _waiting;
    private Exception _recreationCause;

    /// <summary>System messages that must wait until this actor is whole again.</summary>
    private Queue<SystemMessage> _putOff;

    private void Fail(Exception cause, IActorRef perpetrator)
    {
        if (_failed is not null || _terminated) return;
        Mailbox.Suspend();
        _failed = perpetrator ?? Self;
        foreach (var child in _children?.All() ?? [])
            if (!child.Child.Equals(perpetrator)) child.Child.SendSystem(new Suspend());
        Parent.Internal().SendSystem(new Failed(Self, cause));
    }

    private void SuspendAll()
    {
        Mailbox.Suspend();
        foreach (var child in _children?.All() ?? []) child.Child.SendSystem(new Suspend());
    }

    private void ResumeAll(Exception causedByFailure)
    {
        if (_actor is null)
        {
            // Nothing is there to resume: the constructor failed. Try again, as a restart would.
            Restart(causedByFailure);
            return;
        }
        var perpetrator = _failed;
        Mailbox.Resume();
        if (causedByFailure is not null) _failed = null;
        foreach (var child in _children?.All() ?? [])
            child.Child.SendSystem(new Resume(child.Child.Equals(perpetrator) ? causedByFailure : null));
        TakeUp();
    }

    private void HandleFailed(Failed failed)
    {
        if (_children?.Find(failed.Child) is not { } child) return;
        if (!_actor.StrategyInUse.HandleFailure(this, child, failed.Cause)) ExceptionDispatchInfo.Throw(failed.Cause);
    }

    private bool PutOff(SystemMessage message)
    {
        var wait = message switch
        {
            Failed => _failed is not null || _waiting != Waiting.None,
            Recreate or Suspend or Dispatch.Resume => _waiting != Waiting.None,
            _ => false,
        };
        if (wait) (_putOff ??= new Queue<SystemMessage>()).Enqueue(message);
        return wait;
    }

    private void TakeUp()
    {
        for (var left = _putOff?.Count ?? 0; left > 0; left--) InvokeSystem(_putOff.Dequeue());
    }

    /// <summary>Goes on once every child that was told to stop has stopped.</summary>
    private void WaitForChildren(Waiting reason, Exception cause)
    {
        _waiting = reason;
        _recreationCause = cause;
        ContinueWhenChildrenAreGone();
    }

    private void ContinueWhenChildrenAreGone()
    {
        if (_waiting == Waiting.None || (_children?.AnyDying ?? false)) return;
        var waitedFor = _waiting;
        _waiting = Waiting.None;
        if (waitedFor == Waiting.Recreation)
        {
            FinishRestart(_recreationCause);
            TakeUp();
        }
        else
        {
            FinishTermination();
        }
    }
}
