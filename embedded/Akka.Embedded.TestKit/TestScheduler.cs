namespace Akka.TestKit;

/// <summary>
/// Time that stands still until a test moves it. Moving it runs every job that is due, once, on the test's own thread; a job that
/// repeats is due again one period after the new time, however far that time was moved.
/// </summary>
public class TestScheduler : SchedulerBase
{
    private TimeSpan _elapsed;
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) { }

    private protected override TimeSpan Elapsed
    {
        get { lock (Lock) return _elapsed; }
    }

    public void Advance(TimeSpan offset)
    {
        lock (Lock) _elapsed += offset;
        RunDue();
    }

    private protected override TimeSpan After(TimeSpan due, TimeSpan interval) => Elapsed + interval;
}
