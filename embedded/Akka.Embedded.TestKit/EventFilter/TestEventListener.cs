using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Event;

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

/// <summary>Counts the events that fit.</summary>
internal sealed class CountingFilter(Predicate<object> fits)
{
    private readonly SemaphoreSlim _hits = new(0);
    private int _count;
    public int Count => _count;

    public bool Takes(object message)
    {
        if (!fits(message)) return false;
        Interlocked.Increment(ref _count);
        _hits.Release();
        return true;
    }

    public async Task<bool> Reaches(int count, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            for (var i = 0; i < count; i++) await _hits.WaitAsync(deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
