namespace Akka.Actor;

/// <summary>
/// The receive timeout. A message only notes the time; the one timer in flight looks at that note when it fires, and waits for the
/// rest. So an actor with a timeout does not pay for a timer at every message.
/// </summary>
internal sealed partial class ActorCell
{
    private TimeSpan _lastActivity;
    private Cancelable _receiveTimer;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _receiveTimer?.Cancel();
        _receiveTimer = null;
        ReceiveTimeout = timeout > TimeSpan.Zero ? timeout : null;
        if (ReceiveTimeout is null) return;
        _lastActivity = SystemImpl.Clock.Elapsed;
        Arm(ReceiveTimeout.Value);
    }

    private void NoteActivity(object message)
    {
        if (message is INotInfluenceReceiveTimeout) return;
        _lastActivity = SystemImpl.Clock.Elapsed;
        if (_receiveTimer is null && ReceiveTimeout is { } timeout) Arm(timeout);
    }

    private void Arm(TimeSpan delay)
    {
        _receiveTimer = new Cancelable(SystemImpl.Scheduler);
        SystemImpl.Scheduler.ScheduleTellOnce(delay, Self, new ReceiveTimeoutCheck(_receiveTimer), Self, _receiveTimer);
    }

    private void CheckReceiveTimeout(ReceiveTimeoutCheck check)
    {
        if (!ReferenceEquals(check.Timer, _receiveTimer) || ReceiveTimeout is not { } timeout) return;
        _receiveTimer = null;
        var left = timeout - (SystemImpl.Clock.Elapsed - _lastActivity);
        if (left > TimeSpan.Zero) Arm(left);
        else Deliver(Actor.ReceiveTimeout.Instance);
    }
}

/// <param name="timer">Tells the timer in flight from one that was replaced.</param>
internal sealed class ReceiveTimeoutCheck(Cancelable timer) : IAutoReceivedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression
{
    public Cancelable Timer { get; } = timer;
}
