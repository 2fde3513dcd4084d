namespace Akka.TestKit;

/// <summary>
/// Time that stands still until a test moves it. Moving it runs every job that is due, once, on the test's own thread; a job that
/// repeats is due again one period after the new time, however far that time was moved.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly Core _core = new();
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) { }
    public IAdvancedScheduler Advanced => this;
    public DateTimeOffset Now => _core.Now;
    public TimeSpan MonotonicClock => _core.MonotonicClock;
    public TimeSpan HighResMonotonicClock => _core.HighResMonotonicClock;
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
        private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
        private TimeSpan _elapsed;
        public override DateTimeOffset Now => _start + Elapsed;

        protected override TimeSpan Elapsed
        {
            get { lock (Lock) return _elapsed; }
        }

        public void Advance(TimeSpan offset)
        {
            lock (Lock) _elapsed += offset;
            RunDue(action => action());
        }

        protected override TimeSpan After(TimeSpan due, TimeSpan interval) => Elapsed + interval;
    }
}
