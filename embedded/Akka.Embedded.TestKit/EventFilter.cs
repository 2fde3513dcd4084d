using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Which log events are meant.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    internal EventFilterFactory(TestKitBase testKit) => _testKit = testKit;

    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Error>(message, start, contains, source);

    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Warning>(message, start, contains, source);

    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Info>(message, start, contains, source);

    private EventFilterApplier Of<TEvent>(string message, string start, string contains, string source) where TEvent : LogEvent =>
        new(_testKit, e => e is TEvent && $"{e.Message}" is var text && (message ?? text) == text && (source ?? e.LogSource) == e.LogSource
            && text.StartsWith(start ?? "", StringComparison.Ordinal) && text.Contains(contains ?? "", StringComparison.Ordinal));
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
        using var hits = new SemaphoreSlim(0);
        using var filter = TestEventListener.Of(testKit.Sys).Add(e =>
        {
            if (!fits(e)) return false;
            hits.Release();
            return true;
        });
        action();
        var (count, end) = (0, TestKitBase.Now + testKit.FilterLeeway);
        while (count < expectedCount && TestKitBase.Now < end && hits.Wait(end - TestKitBase.Now, cancellationToken)) count++;
        count += hits.CurrentCount;
        if (count != expectedCount) Assert.Fail($"Expected {expectedCount} log events that fit the filter, but there were {count}.");
    }
}

/// <summary>The log of a system under test: what a test expects is counted and not printed.</summary>
internal sealed class TestEventListener : StandardErrorLog
{
    private static readonly ConditionalWeakTable<ActorSystem, TestEventListener> Listeners = [];
    private readonly List<Filter> _filters = [];
    public TestEventListener(ActorSystem system) : base(system) => Listeners.Add(system, this);

    public static TestEventListener Of(ActorSystem system) => Listeners.TryGetValue(system, out var listener) ? listener
        : throw new InvalidOperationException("The system does not log to the TestEventListener, so its log events cannot be filtered.");

    /// <param name="takes">What is not to be printed, until the filter is disposed of.</param>
    public IDisposable Add(Predicate<LogEvent> takes)
    {
        var filter = new Filter(this, takes);
        lock (_filters) _filters.Add(filter);
        return filter;
    }

    protected override void Handle(LogEvent message)
    {
        lock (_filters)
            if (_filters.Exists(f => f.Takes(message))) return;
        base.Handle(message);
    }

    private sealed record Filter(TestEventListener Listener, Predicate<LogEvent> Takes) : IDisposable
    {
        public void Dispose()
        {
            lock (Listener._filters) Listener._filters.Remove(this);
        }
    }
}
