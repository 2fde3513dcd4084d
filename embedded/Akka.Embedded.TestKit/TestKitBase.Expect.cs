namespace Akka.TestKit;

/// <summary>Saying what the next message is, and taking messages as they come.</summary>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(duration, cancellationToken), duration, hint, null);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(timeout, cancellationToken), timeout, hint, m => Assert.Equal(message, m));

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(timeout, cancellationToken), timeout, hint, message =>
        {
            if (!isMessage(message)) Fail($"The predicate does not hold for {{{message}}}.", hint);
        });

    public async ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(await TakeAsync(duration, cancellationToken), duration, hint, null);

    public async ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(await TakeAsync(timeout, cancellationToken), timeout, hint, m => Assert.Equal(message, m));

    /// <summary>All of these and nothing between them, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages)
    {
        var received = ReceiveN(messages.Length);
        var missing = messages.Where(m => !received.Contains(m)).Cast<object>().ToList();
        var unexpected = received.Where(r => r is not T m || !messages.Contains(m)).ToList();
        if (missing.Count + unexpected.Count > 0)
            Fail($"Not found [{string.Join(", ", missing)}], found unexpected [{string.Join(", ", unexpected)}].", null);
        return [.. received.Cast<T>()];
    }

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (Take(duration, cancellationToken) is { } envelope) Fail($"Expected no message, but got {{{envelope.Message}}} from {envelope.Sender}.", null);
    }

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<Terminated>(Take(timeout, cancellationToken), timeout, hint, m => Assert.Equal(target, m.ActorRef));

    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Take(max, cancellationToken)?.Message;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, _expectDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var end = Now + Dilated(max);
        var received = new List<object>();
        while (received.Count < numberOfMessages)
        {
            if (TakeUntil(end, cancellationToken) is not { } envelope)
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
        var end = Now + WaitingTime(max);
        while (TakeUntil(end, cancellationToken) is { } envelope)
            if (envelope.Message is T message && isMessage(message)) return message;
        Fail($"Timeout ({WaitingTime(max)}) while fishing for a message of type {typeof(T)}.", hint);
        return default;
    }

    private T Checked<T>(Envelope? taken, TimeSpan? timeout, string hint, Action<T> check)
    {
        if (taken is not { } envelope)
        {
            Fail($"Timeout {WaitingTime(timeout)} while waiting for a message of type {typeof(T)}.", hint);
            return default;
        }
        if (envelope.Message is T message)
        {
            check?.Invoke(message);
            return message;
        }
        Fail($"Expected a message of type {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message.GetType()}) from {envelope.Sender}.", hint);
        return default;
    }

    private Envelope? Take(TimeSpan? max, CancellationToken token) => Note(_inbox.TakeBlocking(WaitingTime(max), token));
    private async ValueTask<Envelope?> TakeAsync(TimeSpan? max, CancellationToken token) => Note(await _inbox.Take(WaitingTime(max), token));

    private Envelope? TakeUntil(TimeSpan end, CancellationToken token)
    {
        var left = end - Now;
        return Note(_inbox.TakeBlocking(left > TimeSpan.Zero ? left : TimeSpan.Zero, token));
    }

    private Envelope? Note(Envelope? taken)
    {
        if (taken is { } envelope) _last = envelope;
        return taken;
    }
}
