using System.Diagnostics;

namespace Akka.Actor;

/// <summary>The scheduler on the machine's clock: one thread that looks at each tick, and sleeps while there is nothing to wait for.</summary>
internal sealed class TickScheduler : SchedulerBase, IDisposable
{
    private readonly long _tick;
    private readonly Func<ILoggingAdapter> _log;
    private readonly long _origin = Stopwatch.GetTimestamp();
    private bool _stopped;

    public TickScheduler(Config config, Func<ILoggingAdapter> log)
    {
        _tick = config.GetTimeSpan("akka.scheduler.tick-duration").Ticks;
        if (_tick < 10 * TimeSpan.TicksPerMillisecond)
            throw new ArgumentOutOfRangeException(nameof(config), "akka.scheduler.tick-duration: 10 ms is the smallest tick that a system can keep.");
        _log = log;
        new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" }.Start();
    }

    public override TimeSpan MonotonicClock => HighResMonotonicClock;
    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);
    protected override DateTimeOffset TimeNow => TimeProvider.System.GetUtcNow();
    private protected override TimeSpan Elapsed => Stopwatch.GetElapsedTime(_origin);

    public void Dispose()
    {
        lock (Lock)
        {
            _stopped = true;
            Monitor.Pulse(Lock);
        }
    }

    private protected override void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable cancelable)
    {
        lock (Lock)
            if (_stopped) throw new SchedulerException("The scheduler has been shut down.");
        base.Schedule(delay, interval, action, cancelable);
    }

    /// <summary>Counted from when it should have run, so that a period does not drift; never into the past.</summary>
    private protected override TimeSpan After(TimeSpan due, TimeSpan interval) => due + interval > Elapsed ? due + interval : Elapsed + interval;

    private void Turn()
    {
        while (WaitForTick()) RunDue(Run);
    }

    /// <summary>Until the first tick at or after the next job's time. False at the end of the scheduler's life.</summary>
    private bool WaitForTick()
    {
        lock (Lock)
        {
            while (!_stopped)
            {
                if (NextDue is not { } due)
                {
                    Monitor.Wait(Lock);
                    continue;
                }
                var left = TimeSpan.FromTicks((due.Ticks + _tick - 1) / _tick * _tick) - Elapsed;
                if (left <= TimeSpan.Zero) return true;
                Monitor.Wait(Lock, TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue)));
            }
            return false;
        }
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
}
