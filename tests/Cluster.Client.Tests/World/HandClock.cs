namespace ProverCluster.Client.Tests.World;

/// <summary>A clock that stands still until the test lets a wait pass.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<HandTimer> _timers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits for between so long and so long, lets that pass, and says how long it was.</summary>
    public async Task<TimeSpan> PassAsync(TimeSpan atLeast, TimeSpan atMost)
    {
        var wait = await ComesAsync(atLeast, atMost);
        Advance(wait);
        return wait;
    }

    /// <summary>Waits until somebody waits for between so long and so long, and says how long.</summary>
    public async Task<TimeSpan> ComesAsync(TimeSpan atLeast, TimeSpan atMost)
    {
        while (true)
        {
            Task changed;
            TimeSpan? wait;
            lock (_lock)
            {
                changed = _changed.Task;
                wait = _timers.Select(timer => TimeSpan.FromTicks(timer.Due - _now)).Where(each => each >= atLeast && each <= atMost).Min(each => (TimeSpan?)each);
            }

            if (wait is { } some) return some;
            await changed.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public Task<TimeSpan> PassAsync(TimeSpan atMost) => PassAsync(TimeSpan.FromTicks(1), atMost);

    public void Advance(TimeSpan span)
    {
        List<HandTimer> due;
        lock (_lock)
        {
            Interlocked.Add(ref _now, span.Ticks);
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    private sealed class HandTimer(HandClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock._now + dueTime.Ticks;
                clock._timers.Add(this);
                var changed = clock._changed;
                clock._changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed.SetResult();
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
