namespace Akka.Actor;

/// <summary>How a system ends: the actors of the user, then its own, then the rest.</summary>
public abstract partial class ActorSystem
{
    /// <summary>Runs the coordinated shutdown, or just stops all actors if that is not configured.</summary>
    public Task Terminate()
    {
        if (Settings.Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate"))
            _ = CoordinatedShutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else FinalTerminate();
        return WhenTerminated;
    }

    public void Dispose() => Terminate();

    internal Task FinalTerminate()
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 0)
        {
            if (!Settings.Config.GetBoolean("akka.log-dead-letters-during-shutdown")) LoggingStart.StopDeadLetterLog(this);
            _user.SendSystem(new Terminate());
        }
        return WhenTerminated;
    }

    private void GuardianDied(IActorRef guardian)
    {
        if (guardian.Equals(_user))
        {
            _system.SendSystem(new Terminate());
            return;
        }
        OnTerminated();
        (Scheduler as IDisposable)?.Dispose();
        _terminated.TrySetResult();
    }

    private void GuardianFailed(IActorRef guardian, Exception cause)
    {
        Log.Error(cause, "{0} failed, so the actor system shuts down.", guardian);
        FinalTerminate();
    }

    /// <summary>What the guardians have above them.</summary>
    private sealed class RootRef(ActorSystem system, ActorPath path) : ActorRefBase
    {
        public override ActorPath Path { get; } = path;
        internal override ActorSystem System => system;
        public override void Tell(object message, IActorRef sender) => system.DeadLetterRef.Deliver(message, sender, this);

        internal override void SendSystem(SystemMessage message)
        {
            if (message is DeathWatchNotification death) system.GuardianDied(death.Actor);
            else if (message is Failed failed) system.GuardianFailed(failed.Child, failed.Cause);
            else base.SendSystem(message);
        }
    }
}
