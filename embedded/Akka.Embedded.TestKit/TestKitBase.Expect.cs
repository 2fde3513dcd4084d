namespace Akka.TestKit;

/// <summary>Saying what the next message is.</summary>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(duration, cancellationToken), duration, hint, null);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(timeout, cancellationToken), timeout, hint, (m, _) => Assert.Equal(message, m));

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(Take(timeout, cancellationToken), timeout, hint, Satisfies(isMessage, hint));

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(timeout, cancellationToken), timeout, hint, (m, _) => assert(m));

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(Take(timeout, cancellationToken), timeout, hint, assertMessageAndSender);

    public async ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(await TakeAsync(duration, cancellationToken), duration, hint, null);

    public async ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(await TakeAsync(timeout, cancellationToken), timeout, hint, (m, _) => Assert.Equal(message, m));

    public async ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(await TakeAsync(timeout, cancellationToken), timeout, hint, Satisfies(isMessage, hint));

    public async ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(await TakeAsync(timeout, cancellationToken), timeout, hint, (m, _) => assert(m));

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(duration, cancellationToken), duration, hint, (_, from) => Assert.Equal(sender, from));

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(timeout, cancellationToken), timeout, hint, (m, from) =>
        {
            Assert.Equal(sender, from);
            Assert.Equal(message, m);
        });

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Checked<T>(Take(null, cancellationToken), null, null, (m, _) => Assert.Contains(m, messages));

    /// <summary>All of these and nothing between them, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf(RemainingOrDefault, messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages)
    {
        var received = ReceiveN(messages.Length, max);
        var missing = messages.Where(m => !received.Contains(m)).Cast<object>().ToList();
        var unexpected = received.Where(r => r is not T m || !messages.Contains(m)).ToList();
        if (missing.Count + unexpected.Count > 0)
            Fail($"Not found [{string.Join(", ", missing)}], found unexpected [{string.Join(", ", unexpected)}].", null);
        return [.. received.Cast<T>()];
    }

    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectNoMsg(RemainingOrDefault, cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Nothing(Take(duration, cancellationToken));
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => ExpectNoMsgAsync(RemainingOrDefault, cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Nothing(await TakeAsync(duration, cancellationToken));

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<Terminated>(Take(timeout, cancellationToken), timeout, hint, (m, _) => Assert.Equal(target, m.ActorRef));

    public async ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked<Terminated>(await TakeAsync(timeout, cancellationToken), timeout, hint, (m, _) => Assert.Equal(target, m.ActorRef));

    private static Action<T, IActorRef> Satisfies<T>(Predicate<T> isMessage, string hint) => (message, _) =>
    {
        if (!isMessage(message)) Fail($"The predicate does not hold for {{{message}}}.", hint);
    };

    private static void Nothing(Envelope? taken)
    {
        if (taken is { } envelope) Fail($"Expected no message, but got {{{envelope.Message}}} from {envelope.Sender}.", null);
    }

    private T Checked<T>(Envelope? taken, TimeSpan? timeout, string hint, Action<T, IActorRef> check)
    {
        if (taken is not { } envelope)
        {
            Fail($"Timeout {RemainingOrDilated(timeout)} while waiting for a message of type {typeof(T)}.", hint);
            return default;
        }
        if (envelope.Message is T message)
        {
            check?.Invoke(message, envelope.Sender);
            return message;
        }
        Fail($"Expected a message of type {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message.GetType()}) from {envelope.Sender}.", hint);
        return default;
    }
}
