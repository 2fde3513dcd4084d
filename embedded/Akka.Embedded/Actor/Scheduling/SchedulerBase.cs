namespace Akka.Actor;

/// <summary>Jobs by the time they are due. Whose clock that is, and what waits for it, is left to the heirs.</summary>
public abstract class SchedulerBase : IScheduler, IAdvancedScheduler
{
    private readonly PriorityQueue<Job, (TimeSpan Due, long Order)> _jobs = new();
    private long _order;
    private protected SchedulerBase() { }

    DateTimeOffset ITimeProvider.Now => TimeNow;
    IAdvancedScheduler IScheduler.Advanced => this;
    public abstract TimeSpan MonotonicClock { get; }
    public abstract TimeSpan HighResMonotonicClock { get; }
    protected abstract DateTimeOffset TimeNow { get; }
    private protected object Lock { get; } = new();
    private protected abstract TimeSpan Elapsed { get; }

    /// <summary>Null without jobs. To be asked under the lock.</summary>
    private protected TimeSpan? NextDue => _jobs.TryPeek(out _, out var at) ? at.Due : null;

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), null);

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    void ITellScheduler.ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), null);

    void ITellScheduler.ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    void IActionScheduler.ScheduleOnce(TimeSpan delay, Action action) => Schedule(delay, null, action, null);
    void IActionScheduler.ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Schedule(delay, null, action, cancelable);
    void IActionScheduler.ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => Schedule(initialDelay, interval, action, null);
    void IActionScheduler.ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    private protected virtual void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable cancelable)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), $"Delay must be >=0. It was {delay}");
        if (interval <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(interval), $"Interval must be >0. It was {interval}");
        var job = new Job { Interval = interval, Action = action };
        // A job that waits for an hour must not keep alive what it was about.
        cancelable?.Token.UnsafeRegister(j => ((Job)j).Action = null, job);
        lock (Lock)
        {
            var (next, due) = (NextDue, Elapsed + delay);
            Enqueue(job, due);
            if (next is null || due < next) Monitor.Pulse(Lock);
        }
    }

    /// <summary>Runs every job that is due, once, and puts those that repeat in again.</summary>
    private protected void RunDue(Action<Action> run)
    {
        var due = new List<(Job Job, TimeSpan At)>();
        lock (Lock)
            while (_jobs.TryPeek(out _, out var at) && at.Due <= Elapsed)
                due.Add((_jobs.Dequeue(), at.Due));
        foreach (var (job, _) in due)
            if (job.Action is { } action) run(action);
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
