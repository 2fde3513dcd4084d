namespace Akka.Actor;

/// <summary>Timers of one actor, by key. A tick of a timer that has been cancelled or replaced is never seen, wherever it lies.</summary>
public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }

    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}

public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <param name="timer">The one that sent it; only the newest under its key counts.</param>
internal sealed class TimerTick(TimerScheduler.Timer timer) : IAutoReceivedMessage, Event.IDeadLetterSuppression
{
    public TimerScheduler.Timer Timer { get; } = timer;
}

internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Timer> _timers = [];
    public IReadOnlyCollection<object> ActiveTimers => [.. _timers.Keys];
    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        var timer = Replace(key, msg, repeats: true);
        cell.System.Scheduler.ScheduleTellRepeatedly(initialDelay, interval, cell.Self, new TimerTick(timer), ActorRefs.NoSender, timer.Cancelable);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout)
    {
        var timer = Replace(key, msg, repeats: false);
        cell.System.Scheduler.ScheduleTellOnce(timeout, cell.Self, new TimerTick(timer), ActorRefs.NoSender, timer.Cancelable);
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer)) timer.Cancelable.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values) timer.Cancelable.Cancel();
        _timers.Clear();
    }

    public void Deliver(TimerTick tick)
    {
        var timer = tick.Timer;
        if (!_timers.TryGetValue(timer.Key, out var current) || !ReferenceEquals(current, timer)) return;
        if (!timer.Repeats) _timers.Remove(timer.Key);
        cell.Deliver(timer.Message);
    }

    private Timer Replace(object key, object msg, bool repeats)
    {
        Cancel(key);
        return _timers[key] = new Timer(key, msg, repeats, new Cancelable());
    }

    internal sealed record Timer(object Key, object Message, bool Repeats, Cancelable Cancelable);
}
