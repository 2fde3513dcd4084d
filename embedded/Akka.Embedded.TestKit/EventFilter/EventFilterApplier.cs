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

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, TestKitBase.Async(action), cancellationToken).GetAwaiter().GetResult();

    public async Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default)
    {
        using var filter = new CountingFilter(listener, fits);
        await actionAsync().ConfigureAwait(false);
        await filter.Reaches(expectedCount, testKit.Dilated(testKit.TestKitSettings.TestEventFilterLeeway)).ConfigureAwait(false);
        if (filter.Count != expectedCount) Assert.Fail($"Expected {expectedCount} log events that fit the filter, but there were {filter.Count}.");
    }

    public void Mute(Action action, CancellationToken cancellationToken = default)
    {
        using var filter = new CountingFilter(listener, fits);
        action();
    }
}
