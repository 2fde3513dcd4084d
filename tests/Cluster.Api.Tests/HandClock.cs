namespace ProverCluster.Api;

/// <summary>A clock that stands still until it is moved; its timers run when they are told to.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private long _ticks = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How often the timers that there are would run.</summary>
    public IEnumerable<TimeSpan> Periods => _timers.Select(timer => timer.Period);

    public override long GetTimestamp() => _ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(_timers, () => callback(state), period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan span) => _ticks += span.Ticks;

    public void Tick() => _timers.ForEach(timer => timer.Run());

    private sealed class Timer(List<Timer> timers, Action run, TimeSpan period) : ITimer
    {
        public TimeSpan Period => period;

        public void Run() => run();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
