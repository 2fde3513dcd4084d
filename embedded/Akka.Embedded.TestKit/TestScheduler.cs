namespace Akka.TestKit;

/// <summary>
/// Time that stands still until a test moves it. Moving it runs every job that is due, once, on the test's own thread; a job that
/// repeats is due again one period after the new time, however far that time was moved.
/// </summary>
public class TestScheduler : SchedulerBase
{
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private TimeSpan _elapsed;
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) { }
    public DateTimeOffset Now => TimeNow;
    public override TimeSpan MonotonicClock => HighResMonotonicClock;
    public override TimeSpan HighResMonotonicClock => TestKitBase.Now;
    protected override DateTimeOffset TimeNow => _start + Elapsed;

    private protected override TimeSpan Elapsed
    {
        get { lock (Lock) return _elapsed; }
    }

    public void Advance(TimeSpan offset)
    {
        lock (Lock) _elapsed += offset;
        RunDue(action => action());
    }

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now) throw new InvalidOperationException("Time cannot be moved back.");
        Advance(when - Now);
    }

    private protected override TimeSpan After(TimeSpan due, TimeSpan interval) => Elapsed + interval;
}
