using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Which log events are meant.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    internal EventFilterFactory(TestKitBase testKit) => _testKit = testKit;

    public IEventFilterApplier Exception<TException>(string message = null, string start = null, string contains = null, string source = null)
        where TException : Exception =>
        Of<Error>(e => e.Cause is TException
            && (Fits(e.Message?.ToString(), message, start, contains) || Fits(e.Cause.Message, message, start, contains)), source);

    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Error>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Warning>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Info>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    private static bool Fits(string text, string message, string start, string contains) =>
        text is not null && (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    private EventFilterApplier Of<TEvent>(Predicate<TEvent> fits, string source) where TEvent : LogEvent =>
        new(_testKit, e => e is TEvent logEvent && (source is null || logEvent.LogSource == source) && fits(logEvent));
}

/// <summary>How often it should happen while something is done.</summary>
public interface IEventFilterApplier
{
    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);
}

internal sealed class EventFilterApplier(TestKitBase testKit, Predicate<LogEvent> fits) : IEventFilterApplier
{
    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default)
    {
        using var filter = new CountingFilter(TestEventListener.Of(testKit.Sys), fits);
        action();
        filter.WaitFor(expectedCount, testKit.FilterLeeway, cancellationToken);
        if (filter.Count != expectedCount) Assert.Fail($"Expected {expectedCount} log events that fit the filter, but there were {filter.Count}.");
    }
}

/// <summary>Counts the events that fit, and keeps them from being printed, until it is disposed of.</summary>
internal sealed class CountingFilter : IDisposable
{
    private readonly SemaphoreSlim _hits = new(0);
    private readonly TestEventListener _listener;
    private readonly Predicate<LogEvent> _fits;
    private int _count;

    public CountingFilter(TestEventListener listener, Predicate<LogEvent> fits)
    {
        (_listener, _fits) = (listener, fits);
        listener.Add(this);
    }

    public int Count => _count;
    public void Dispose() => _listener.Remove(this);

    public bool Takes(LogEvent logEvent)
    {
        if (!_fits(logEvent)) return false;
        Interlocked.Increment(ref _count);
        _hits.Release();
        return true;
    }

    public void WaitFor(int count, TimeSpan most, CancellationToken token)
    {
        var end = TestKitBase.Now + most;
        for (var i = 0; i < count; i++)
            if (end < TestKitBase.Now || !_hits.Wait(end - TestKitBase.Now, token)) return;
    }
}

/// <summary>The log of a system under test: what a test expects is counted and not printed.</summary>
internal sealed class TestEventListener : StandardErrorLog
{
    private static readonly ConditionalWeakTable<ActorSystem, TestEventListener> Listeners = [];
    private readonly List<CountingFilter> _filters = [];
    public TestEventListener(ActorSystem system) : base(system) => Listeners.Add(system, this);

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
            if (_filters.Exists(f => f.Takes((LogEvent)message))) return;
        base.Handle(message);
    }
}
