using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// Time that stands still until a test moves it. Moving it runs every job that is due, once, on the test's own thread; a job that
/// repeats is due again one period after the new time, however far that time was moved.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler, IDelayClock
{
    private readonly Core _core = new();
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) { }
    public IAdvancedScheduler Advanced => this;
    public DateTimeOffset Now => _core.Now;
    public TimeSpan MonotonicClock => _core.MonotonicClock;
    public TimeSpan HighResMonotonicClock => _core.HighResMonotonicClock;

    TimeSpan IDelayClock.Elapsed => _core.Elapsed;

    public void Advance(TimeSpan offset) => _core.Advance(offset);

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now) throw new InvalidOperationException("Time cannot be moved back.");
        Advance(when - Now);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        _core.ScheduleTellOnce(delay, receiver, message, sender);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _core.ScheduleTellOnce(delay, receiver, message, sender, cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        _core.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _core.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => _core.ScheduleOnce(delay, action);
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => _core.ScheduleOnce(delay, action, cancelable);
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => _core.ScheduleRepeatedly(initialDelay, interval, action);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        _core.ScheduleRepeatedly(initialDelay, interval, action, cancelable);

    private sealed class Core : SchedulerCore
    {
        private readonly object _lock = new();
        private readonly PriorityQueue<Job, (long Due, long Order)> _jobs = new();
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
        private TimeSpan _elapsed;
        private long _order;
        public override DateTimeOffset Now => _start + Elapsed;

        public override TimeSpan Elapsed
        {
            get { lock (_lock) return _elapsed; }
        }

        public void Advance(TimeSpan offset)
        {
            var due = new List<Job>();
            lock (_lock)
            {
                _elapsed += offset;
                while (_jobs.TryPeek(out var job, out var at) && at.Due <= _elapsed.Ticks)
                {
                    _jobs.Dequeue();
                    due.Add(job);
                }
            }
            foreach (var job in due)
                if (job.IsWanted) job.Action();
            foreach (var job in due)
                if (job is { IsWanted: true, Interval: { } interval }) Schedule(interval, interval, job.Action, job.Cancelable);
        }

        protected override void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable cancelable)
        {
            lock (_lock) _jobs.Enqueue(new Job(interval, action, cancelable), ((_elapsed + delay).Ticks, _order++));
        }

        private sealed record Job(TimeSpan? Interval, Action Action, ICancelable Cancelable)
        {
            public bool IsWanted => Cancelable?.IsCancellationRequested != true;
        }
    }
}
