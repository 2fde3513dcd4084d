namespace Akka.TestKit;

/// <summary>Time limits, and waiting for something that is no message.</summary>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);
    private TimeSpan? _end;

    public TimeSpan Remaining => _end is { } end ? AtLeastZero(end - Now)
        : throw new InvalidOperationException("Remaining has a meaning only inside Within.");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));
    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is { } time ? Dilated(time) : RemainingOrDefault;
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, Async(action), hint, epsilonValue, cancellationToken).GetAwaiter().GetResult();

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public async Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var (start, before) = (Now, _end);
        var end = start + Dilated(max);
        _end = before < end ? before : end;
        try
        {
            await actionAsync();
        }
        finally
        {
            _end = before;
        }
        var took = Now - start;
        if (took < min) Fail($"The block took {took}, but should have taken at least {min}.", hint);
        if (took > Dilated(max)) Fail($"The block took {took}, exceeding {Dilated(max)}.", hint);
    }

    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(assertion, duration, interval, cancellationToken).GetAwaiter().GetResult();

    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(Async(assertion), duration, interval, cancellationToken);

    public async Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch when (Now < end)
            {
                await Task.Delay(interval ?? Often, cancellationToken);
            }
        }
    }

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitAssert(() => Hold(conditionIsFulfilled()), max, null, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(() => Hold(conditionIsFulfilled()), null, null, cancellationToken);

    private static void Hold(bool condition)
    {
        if (!condition) Fail("The condition was not fulfilled in time.", null);
    }

    internal static Func<Task> Async(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
