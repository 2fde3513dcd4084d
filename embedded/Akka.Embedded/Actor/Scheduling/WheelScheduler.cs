using System.Diagnostics;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Jobs in a wheel of buckets, one bucket a tick, on one thread. A job never runs before its time and runs on the first tick after it.
/// Cancelled jobs are dropped when their bucket comes round. Without jobs the thread sleeps.
/// </summary>
internal sealed class WheelScheduler : SchedulerCore, IDisposable
{
    private static readonly TimeSpan SmallestTick = TimeSpan.FromMilliseconds(10);

    private readonly List<Job>[] _wheel;
    private readonly long _tickTicks;
    private readonly Func<ILoggingAdapter> _log;
    private readonly object _lock = new();
    private readonly long _origin = Stopwatch.GetTimestamp();
    private long _tick;
    private int _jobs;
    private bool _stopped;

    public WheelScheduler(Config config, Func<ILoggingAdapter> log)
    {
        var tick = config.GetTimeSpan("akka.scheduler.tick-duration");
        if (tick < SmallestTick)
            throw new ArgumentOutOfRangeException("akka.scheduler.tick-duration", tick, "The smallest tick that a system can keep is 10 ms.");
        _tickTicks = tick.Ticks;
        _wheel = new List<Job>[config.GetInt("akka.scheduler.ticks-per-wheel")];
        for (var i = 0; i < _wheel.Length; i++) _wheel[i] = [];
        _log = log;
        new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" }.Start();
    }

    public override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public override TimeSpan Elapsed => Stopwatch.GetElapsedTime(_origin);

    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.Pulse(_lock);
        }
    }

    protected override void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable cancelable)
    {
        if (cancelable?.IsCancellationRequested == true) return;
        if (delay == TimeSpan.Zero)
        {
            Run(action);
            if (interval is null) return;
            delay = interval.Value;
        }
        lock (_lock)
        {
            if (_stopped) throw new SchedulerException("The scheduler has been shut down.");
            // Nothing turned the wheel while it was empty.
            if (_jobs == 0) _tick = Elapsed.Ticks / _tickTicks;
            Insert(new Job { Due = Elapsed + delay, Interval = interval, Action = action, Cancelable = cancelable });
            if (_jobs++ == 0) Monitor.Pulse(_lock);
        }
    }

    private void Insert(Job job)
    {
        job.Tick = Math.Max(_tick + 1, (job.Due.Ticks + _tickTicks - 1) / _tickTicks);
        _wheel[job.Tick % _wheel.Length].Add(job);
    }

    private void Turn()
    {
        var due = new List<Job>();
        while (WaitForTick())
        {
            lock (_lock) TakeDue(due);
            foreach (var job in due) Run(job.Action);
            lock (_lock)
            {
                foreach (var job in due)
                {
                    // Counted from when it should have run, so that a period does not drift; never into the past.
                    job.Due = job.Interval is { } interval && job.Due + interval > Elapsed ? job.Due + interval : Elapsed + (job.Interval ?? default);
                    if (job.Interval is not null) Insert(job);
                    else _jobs--;
                }
            }
            due.Clear();
        }
    }

    /// <summary>False at the end of the scheduler's life.</summary>
    private bool WaitForTick()
    {
        lock (_lock)
        {
            while (!_stopped)
            {
                if (_jobs == 0)
                {
                    Monitor.Wait(_lock);
                    continue;
                }
                var left = TimeSpan.FromTicks((_tick + 1) * _tickTicks) - Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    _tick++;
                    return true;
                }
                Monitor.Wait(_lock, TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }
            return false;
        }
    }

    private void TakeDue(List<Job> due)
    {
        var bucket = _wheel[_tick % _wheel.Length];
        var kept = 0;
        // By index: writing to a list ends an enumeration of it with an exception.
        for (var i = 0; i < bucket.Count; i++)
        {
            var job = bucket[i];
            if (job.Cancelable?.IsCancellationRequested == true) _jobs--;
            else if (job.Tick <= _tick) due.Add(job);
            else bucket[kept++] = job;
        }
        bucket.RemoveRange(kept, bucket.Count - kept);
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            _log().Error(e, "A scheduled job threw.");
        }
    }

    private sealed class Job
    {
        public TimeSpan Due;
        public long Tick;
        public TimeSpan? Interval;
        public Action Action;
        public ICancelable Cancelable;
    }
}
