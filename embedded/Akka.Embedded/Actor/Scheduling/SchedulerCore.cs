namespace Akka.Actor;

/// <summary>Jobs by the time they are due. Whose clock that is, and what waits for it, is left to the heirs.</summary>
internal abstract class SchedulerCore : IScheduler, IAdvancedScheduler
{
    private readonly PriorityQueue<Job, (TimeSpan Due, long Order)> _jobs = new();
    private long _order;
    public abstract DateTimeOffset Now { get; }
    public TimeSpan MonotonicClock => HighResMonotonicClock;
    public TimeSpan HighResMonotonicClock => System.Diagnostics.Stopwatch.GetElapsedTime(0);
    public IAdvancedScheduler Advanced => this;
    protected object Lock { get; } = new();
    protected abstract TimeSpan Elapsed { get; }

    /// <summary>Null without jobs. To be asked under the lock.</summary>
    protected TimeSpan? NextDue => _jobs.TryPeek(out _, out var at) ? at.Due : null;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Schedule(delay, null, action, cancelable);
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    protected virtual void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable cancelable)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), $"Delay must be >=0. It was {delay}");
        if (interval <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(interval), $"Interval must be >0. It was {interval}");
        var job = new Job { Interval = interval, Action = action };
        // A job that waits for an hour must not keep alive what it was about.
        cancelable?.Token.UnsafeRegister(j => ((Job)j).Action = null, job);
        lock (Lock)
        {
            Enqueue(job, Elapsed + delay);
            Monitor.Pulse(Lock);
        }
    }

    /// <summary>Runs every job that is due, once, and puts those that repeat in again.</summary>
    protected void RunDue(Action<Action> run)
    {
        var due = new List<(Job Job, TimeSpan At)>();
        lock (Lock)
            while (_jobs.TryPeek(out var job, out var at) && at.Due <= Elapsed)
                due.Add((_jobs.Dequeue(), at.Due));
        foreach (var (job, _) in due)
            if (job.Action is { } action) run(action);
        lock (Lock)
            foreach (var (job, at) in due)
                if (job is { Action: not null, Interval: { } interval }) Enqueue(job, After(at, interval));
    }

    protected abstract TimeSpan After(TimeSpan due, TimeSpan interval);
    private void Enqueue(Job job, TimeSpan due) => _jobs.Enqueue(job, (due, _order++));

    private sealed class Job
    {
        public TimeSpan? Interval;

        /// <summary>Null once cancelled.</summary>
        public volatile Action Action;
    }
}
