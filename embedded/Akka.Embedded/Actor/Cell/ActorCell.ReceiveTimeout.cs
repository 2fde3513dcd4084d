namespace Akka.Actor;

/// <summary>The receive timeout: a timer that every message puts off.</summary>
internal sealed partial class ActorCell
{
    private ICancelable _receiveTimer;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        ReceiveTimeout = timeout > TimeSpan.Zero ? timeout : null;
        PutOffReceiveTimeout();
    }

    private void PutOffReceiveTimeout()
    {
        _receiveTimer?.Cancel();
        _receiveTimer = ReceiveTimeout is { } timeout
            ? SystemImpl.Scheduler.ScheduleTellOnceCancelable(timeout, Self, Actor.ReceiveTimeout.Instance, Self)
            : null;
    }
}
