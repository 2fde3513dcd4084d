using System.Collections.Immutable;
using Akka.Actor;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Runners;

/// <summary>
/// Ticks from a thread of its own: Akka's scheduler cannot tick faster than every 10 ms, and a timer of the thread pool waits
/// behind whatever keeps the pool busy. Sleeps while nobody subscribes.
/// </summary>
internal sealed class PunctualTicks : ITickSource, IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _period;
    private readonly NodeMetrics _metrics;
    private readonly object _gate = new();
    private ImmutableList<Subscription> _runners = [];
    private bool _disposed;

    public PunctualTicks(TimeProvider clock, TimeSpan period, NodeMetrics? metrics = null)
    {
        _clock = clock;
        _period = period;
        _metrics = metrics ?? NodeMetrics.None;
        new Thread(Run) { IsBackground = true, Name = "prover-ticks", Priority = ThreadPriority.AboveNormal }.Start();
    }

    public ITickSubscription Subscribe(IActorRef runner)
    {
        var subscription = new Subscription(this, runner);
        lock (_gate)
        {
            _runners = _runners.Add(subscription);
            Monitor.Pulse(_gate);
        }

        return subscription;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var next = _clock.GetTimestamp();
        while (WaitUntil(next) is { } runners)
        {
            foreach (var runner in runners)
                runner.Tick(next);

            // After a pause of the whole machine one tick is enough: what was missed is not made up for.
            var now = _clock.GetTimestamp();
            next = Math.Max(next + InTimestamps(_period), now);
        }
    }

    /// <returns>Whom to tell; null when disposed.</returns>
    private ImmutableList<Subscription>? WaitUntil(long timestamp)
    {
        lock (_gate)
        {
            while (!_disposed)
            {
                if (_runners.IsEmpty)
                {
                    Monitor.Wait(_gate);
                    timestamp = _clock.GetTimestamp() + InTimestamps(_period);
                    continue;
                }

                var left = _clock.GetElapsedTime(_clock.GetTimestamp(), timestamp);
                if (left <= TimeSpan.Zero)
                    return _runners;
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }

            return null;
        }
    }

    private void Unsubscribe(Subscription subscription)
    {
        lock (_gate)
            _runners = _runners.Remove(subscription);
    }

    private long InTimestamps(TimeSpan span) => (long)(span.TotalSeconds * _clock.TimestampFrequency);

    private sealed class Subscription(PunctualTicks ticks, IActorRef runner) : ITickSubscription
    {
        private int _outstanding;
        private long _due;

        public (TimeSpan Last, TimeSpan Worst) Lateness { get; private set; }

        public void Tick(long due)
        {
            if (Volatile.Read(ref _outstanding) != 0)
                return;
            _due = due;
            Volatile.Write(ref _outstanding, 1);
            runner.Tell(Runners.Tick.Instance, ActorRefs.NoSender);
        }

        public void Taken()
        {
            var late = ticks._clock.GetElapsedTime(_due);
            ticks._metrics.CountTick(late);
            Lateness = (late, late > Lateness.Worst ? late : Lateness.Worst);
            Volatile.Write(ref _outstanding, 0);
        }

        public void Dispose() => ticks.Unsubscribe(this);
    }
}
