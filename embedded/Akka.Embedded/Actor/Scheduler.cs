using System.Diagnostics;

namespace Akka.Actor;

/// <summary>What timers run on.</summary>
public interface IScheduler;

/// <summary>Jobs by the time they are due. Whose clock that is, and what waits for it, is left to the heirs.</summary>
public abstract class SchedulerBase : IScheduler
{
    private readonly PriorityQueue<Job, (TimeSpan Due, long Order)> _jobs = new();
    private long _order;
    private protected SchedulerBase() { }
    private protected object Lock { get; } = new();
    private protected abstract TimeSpan Elapsed { get; }

    /// <summary>Null without jobs. To be asked under the lock.</summary>
    private protected TimeSpan? NextDue => _jobs.TryPeek(out _, out var at) ? at.Due : null;

    /// <param name="delay">Until the first time.</param>
    /// <param name="interval">From then on; null for a job that is done once.</param>
    /// <param name="action">The job.</param>
    /// <param name="cancellation">Ends it.</param>
    internal void Schedule(TimeSpan delay, TimeSpan? interval, Action action, CancellationToken cancellation)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), $"Delay must be >=0. It was {delay}");
        if (interval <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(interval), $"Interval must be >0. It was {interval}");
        var job = new Job { Interval = interval, Action = action };
        // A job that waits for an hour must not keep alive what it was about.
        cancellation.UnsafeRegister(j => ((Job)j).Action = null, job);
        lock (Lock)
        {
            var (next, due) = (NextDue, Elapsed + delay);
            Enqueue(job, due);
            if (next is null || due < next) Monitor.Pulse(Lock);
        }
    }

    /// <summary>Runs every job that is due, once, and puts those that repeat in again.</summary>
    private protected void RunDue()
    {
        var due = new List<(Job Job, TimeSpan At)>();
        lock (Lock)
            while (_jobs.TryPeek(out _, out var at) && at.Due <= Elapsed)
                due.Add((_jobs.Dequeue(), at.Due));
        foreach (var (job, _) in due) job.Action?.Invoke();
        lock (Lock)
            foreach (var (job, at) in due)
                if (job is { Action: not null, Interval: { } interval }) Enqueue(job, After(at, interval));
    }

    private protected abstract TimeSpan After(TimeSpan due, TimeSpan interval);
    private void Enqueue(Job job, TimeSpan due) => _jobs.Enqueue(job, (due, _order++));

    private sealed class Job
    {
        public TimeSpan? Interval;

        /// <summary>Null once cancelled.</summary>
        public volatile Action Action;
    }
}

/// <summary>The scheduler on the machine's clock: one thread that looks at each tick, and sleeps while there is nothing to wait for.</summary>
internal sealed class TickScheduler : SchedulerBase, IDisposable
{
    private readonly long _tick;
    private readonly long _origin = Stopwatch.GetTimestamp();
    private bool _stopped;

    public TickScheduler(Config config, ILoggingAdapter log)
    {
        _tick = config.GetTimeSpan("akka.scheduler.tick-duration").Ticks;
        new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" }.Start();
    }

    private protected override TimeSpan Elapsed => Stopwatch.GetElapsedTime(_origin);

    public void Dispose()
    {
        lock (Lock)
        {
            _stopped = true;
            Monitor.Pulse(Lock);
        }
    }

    /// <summary>Counted from when it should have run, so that a period does not drift; never into the past.</summary>
    private protected override TimeSpan After(TimeSpan due, TimeSpan interval) => due + interval > Elapsed ? due + interval : Elapsed + interval;

    private void Turn()
    {
        while (WaitForTick()) RunDue();
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
}
