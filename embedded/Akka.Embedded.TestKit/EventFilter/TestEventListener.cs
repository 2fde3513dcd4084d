using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>The log of a system under test: what a test expects is counted and not printed.</summary>
internal sealed class TestEventListener : StandardErrorLog
{
    private static readonly ConditionalWeakTable<ActorSystem, TestEventListener> Listeners = [];
    private readonly List<CountingFilter> _filters = [];

    public TestEventListener(ActorSystemImpl system) : base(system)
    {
        Listeners.Add(system, this);
        system.EventStream.Subscribe(this, typeof(AllDeadLetters));
    }

    public static TestEventListener Of(ActorSystem system) => Listeners.TryGetValue(system, out var listener) ? listener
        : throw new InvalidOperationException("The system does not log to the TestEventListener, so its log events cannot be filtered.");

    public void Add(CountingFilter filter)
    {
        lock (_filters) _filters.Add(filter);
    }

    public void Remove(CountingFilter filter)
    {
        lock (_filters) _filters.Remove(filter);
    }

    protected override void Handle(object message)
    {
        lock (_filters)
            if (_filters.Exists(f => f.Takes(message))) return;
        if (message is LogEvent) base.Handle(message);
    }
}

/// <summary>Counts the events that fit, and keeps them from being printed, until it is disposed of.</summary>
internal sealed class CountingFilter : IDisposable
{
    private readonly SemaphoreSlim _hits = new(0);
    private readonly TestEventListener _listener;
    private readonly Predicate<object> _fits;
    private int _count;

    public CountingFilter(TestEventListener listener, Predicate<object> fits)
    {
        (_listener, _fits) = (listener, fits);
        listener.Add(this);
    }

    public int Count => _count;
    public void Dispose() => _listener.Remove(this);

    public bool Takes(object message)
    {
        if (!_fits(message)) return false;
        Interlocked.Increment(ref _count);
        _hits.Release();
        return true;
    }

    public async Task Reaches(int count, TimeSpan within)
    {
        var end = TestKitBase.Now + within;
        for (var i = 0; i < count; i++)
            if (end < TestKitBase.Now || !await _hits.WaitAsync(end - TestKitBase.Now).ConfigureAwait(false)) return;
    }
}
