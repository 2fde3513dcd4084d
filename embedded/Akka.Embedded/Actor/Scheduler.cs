namespace Akka.Actor;

public interface ITellScheduler
{
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender);

    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);

    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);
}

public interface IScheduler : ITellScheduler;

public interface ICancelable
{
    bool IsCancellationRequested { get; }

    CancellationToken Token { get; }

    void Cancel();
}

internal sealed class Cancelable : ICancelable
{
    private readonly CancellationTokenSource _source = new();
    public bool IsCancellationRequested => _source.IsCancellationRequested;
    public CancellationToken Token => _source.Token;
    public void Cancel() => _source.Cancel();
}

public static class SchedulerExtensions
{
    public static ICancelable ScheduleTellOnceCancelable(this IScheduler scheduler, TimeSpan delay, ICanTell receiver, object message, IActorRef sender)
    {
        var cancelable = new Cancelable();
        scheduler.ScheduleTellOnce(delay, receiver, message, sender, cancelable);
        return cancelable;
    }

    public static ICancelable ScheduleTellRepeatedlyCancelable(
        this IScheduler scheduler, TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender)
    {
        var cancelable = new Cancelable();
        scheduler.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);
        return cancelable;
    }
}

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

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), null);

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    void ITellScheduler.ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

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
