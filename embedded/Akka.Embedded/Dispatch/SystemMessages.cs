namespace Akka.Dispatch;

/// <summary>What the runtime tells an actor about itself and its relatives; always handled before the next user message.</summary>
internal abstract record SystemMessage
{
    /// <summary>The list through the mailbox's own stack of them.</summary>
    internal SystemMessage Next;
}

internal sealed record Create : SystemMessage;

internal sealed record Terminate : SystemMessage;

internal sealed record Suspend : SystemMessage;

/// <param name="CausedByFailure">Set when this ends a failure of the receiver itself.</param>
internal sealed record Resume(Exception CausedByFailure) : SystemMessage;

internal sealed record Recreate(Exception Cause) : SystemMessage;

internal sealed record Failed(IActorRef Child, Exception Cause) : SystemMessage;

internal sealed record Watch(IActorRef Watchee, IInternalActorRef Watcher) : SystemMessage;

internal sealed record Unwatch(IInternalActorRef Watcher) : SystemMessage;

internal sealed record DeathWatchNotification(IActorRef Actor, bool ExistenceConfirmed, bool AddressTerminated) : SystemMessage;

/// <summary>The rest of an asynchronous handler, to be run as the actor.</summary>
internal sealed record ActorTask(ActorTaskScheduler Scheduler, Task Task) : SystemMessage;
