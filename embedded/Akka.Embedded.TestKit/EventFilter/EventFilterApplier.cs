using Xunit;

namespace Akka.TestKit;

/// <summary>How often it should happen while something is done.</summary>
public interface IEventFilterApplier
{
    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>However often it happens, it is not printed.</summary>
    void Mute(Action action, CancellationToken cancellationToken = default);
}

internal sealed class EventFilterApplier(TestKitBase testKit, TestEventListener listener, Predicate<object> fits) : IEventFilterApplier
{
    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);
    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default)
    {
        var filter = new CountingFilter(fits);
        listener.Add(filter);
        try
        {
            action();
            filter.Reaches(expectedCount, Leeway).GetAwaiter().GetResult();
        }
        finally
        {
            listener.Remove(filter);
        }
        Check(expectedCount, filter);
    }

    public async Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default)
    {
        var filter = new CountingFilter(fits);
        listener.Add(filter);
        try
        {
            await actionAsync();
            await filter.Reaches(expectedCount, Leeway);
        }
        finally
        {
            listener.Remove(filter);
        }
        Check(expectedCount, filter);
    }

    public void Mute(Action action, CancellationToken cancellationToken = default)
    {
        var filter = new CountingFilter(fits);
        listener.Add(filter);
        try
        {
            action();
        }
        finally
        {
            listener.Remove(filter);
        }
    }

    private TimeSpan Leeway => testKit.Dilated(testKit.TestKitSettings.TestEventFilterLeeway);

    private static void Check(int expected, CountingFilter filter)
    {
        if (filter.Count != expected) Assert.Fail($"Expected {expected} log events that fit the filter, but there were {filter.Count}.");
    }
}
