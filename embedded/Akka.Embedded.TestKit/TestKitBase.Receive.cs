namespace Akka.TestKit;

/// <summary>Taking messages as they come.</summary>
public abstract partial class TestKitBase
{
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Take(max, cancellationToken)?.Message;

    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(max, cancellationToken))?.Message;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var end = Now + Dilated(max);
        var received = new List<object>();
        while (received.Count < numberOfMessages)
        {
            if (Take(AtLeastZero(end - Now), cancellationToken) is not { } envelope)
                Fail($"Timeout ({max}) while waiting for {numberOfMessages} messages. Only got {received.Count}: {string.Join(", ", received)}", null);
            else received.Add(envelope.Message);
        }
        return received;
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Throws everything back until something fits.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(max);
        while (Take(AtLeastZero(end - Now), cancellationToken) is { } envelope)
            if (envelope.Message is T message && isMessage(message)) return message;
        Fail($"Timeout ({RemainingOrDilated(max)}) while fishing for a message of type {typeof(T)}.", hint);
        return default;
    }

    public async ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(max);
        while (await TakeAsync(AtLeastZero(end - Now), cancellationToken) is { } envelope)
            if (envelope.Message is T message && isMessage(message)) return message;
        Fail($"Timeout ({RemainingOrDilated(max)}) while fishing for a message of type {typeof(T)}.", hint);
        return default;
    }

    private protected Envelope? Take(TimeSpan? max, CancellationToken token) => Note(_inbox.TakeBlocking(RemainingOrDilated(max), token));

    private protected async ValueTask<Envelope?> TakeAsync(TimeSpan? max, CancellationToken token) =>
        Note(await _inbox.Take(RemainingOrDilated(max), token));

    private static TimeSpan AtLeastZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private Envelope? Note(Envelope? taken)
    {
        if (taken is { } envelope) _last = envelope;
        return taken;
    }
}
