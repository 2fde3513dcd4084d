namespace Akka.Actor;

/// <summary>Timers of one actor, by key. A tick of a timer that has been cancelled or replaced is never seen, wherever it lies.</summary>
public interface ITimerScheduler
{
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    bool IsTimerActive(object key);

    void Cancel(object key);
}

public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Tick> _timers = [];
    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval);
    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null);
    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer)) timer.Cancellation.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values) timer.Cancellation.Cancel();
        _timers.Clear();
    }

    public void Deliver(Tick tick)
    {
        if (!_timers.TryGetValue(tick.Key, out var newest) || !ReferenceEquals(newest, tick)) return;
        if (!tick.Repeats) _timers.Remove(tick.Key);
        cell.Deliver(tick.Message);
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval)
    {
        Cancel(key);
        var tick = _timers[key] = new Tick(key, message, interval is not null);
        var self = cell.Self;
        ((SchedulerBase)cell.System.Scheduler).Schedule(delay, interval, () => self.Tell(tick, ActorRefs.NoSender), tick.Cancellation.Token);
    }

    /// <summary>Comes from a timer; only that of the newest one under its key counts.</summary>
    internal sealed record Tick(object Key, object Message, bool Repeats)
    {
        public CancellationTokenSource Cancellation { get; } = new();
    }
}
