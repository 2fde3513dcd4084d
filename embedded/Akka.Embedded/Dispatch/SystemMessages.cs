using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>What the runtime tells an actor about itself and its relatives; always handled before the next user message.</summary>
internal abstract class SystemMessage
{
    /// <summary>The list through the mailbox's own stack of them.</summary>
    internal SystemMessage Next;
}

internal sealed class Create : SystemMessage;

internal sealed class Terminate : SystemMessage;

internal sealed class Suspend : SystemMessage;

/// <param name="causedByFailure">Set when this ends a failure of the receiver itself.</param>
internal sealed class Resume(Exception causedByFailure) : SystemMessage
{
    public Exception CausedByFailure { get; } = causedByFailure;
}

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}

internal sealed class Failed(IActorRef child, Exception cause) : SystemMessage
{
    public IActorRef Child { get; } = child;
    public Exception Cause { get; } = cause;
}

internal sealed class Watch(IActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IActorRef Watchee { get; } = watchee;
    public IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class Unwatch(IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated) : SystemMessage
{
    public IActorRef Actor { get; } = actor;
    public bool ExistenceConfirmed { get; } = existenceConfirmed;
    public bool AddressTerminated { get; } = addressTerminated;
}

/// <summary>The rest of an asynchronous handler, to be run as the actor.</summary>
internal sealed class ActorTask(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    public void Run() => scheduler.Execute(task);
}
