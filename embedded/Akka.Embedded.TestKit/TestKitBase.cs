using System.Diagnostics;

namespace Akka.TestKit;

/// <summary>An actor of the test, with what it received, and ways to say what that should have been, or to take it as it comes.</summary>
public abstract class TestKitBase
{
    private readonly BlockingCollection<Envelope> _inbox = [];
    private readonly TimeSpan _expectDefault;

    private protected TestKitBase(ActorSystem system, string testActorName)
    {
        Sys = system;
        var config = system.Settings.Config.WithFallback(DefaultConfig).GetConfig("akka.test");
        _expectDefault = config.GetTimeSpan("single-expect-default");
        FilterLeeway = config.GetTimeSpan("filter-leeway");
        TestActor = system.SystemActorOf(
            new Props(typeof(InternalTestActor), () => new InternalTestActor(_inbox)) { OnCallingThread = true },
            testActorName ?? $"testActor{system.NextTempPath().Name[1..]}");
        if (this is TestProbe) return;
        ActorCell.Outside = TestActor;
        SynchronizationContext.SetSynchronizationContext(new ImplicitSender(TestActor));
    }

    public ActorSystem Sys { get; }
    public IActorRef TestActor { get; }
    public EventFilterFactory EventFilter => new(this);

    /// <summary>Of the message received last.</summary>
    public IActorRef LastSender { get; private set; }
    internal TimeSpan FilterLeeway { get; }

    internal static Config DefaultConfig { get; } = ConfigurationFactory.ParseString(
        "akka { loggers = [\"Akka.TestKit.TestEventListener, Akka.TestKit\"], test { filter-leeway = 3s, single-expect-default = 3s } }");

    internal static TimeSpan Now => Stopwatch.GetElapsedTime(0);
    public virtual TestProbe CreateTestProbe(string name = null) => new(Sys, name);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new InternalTestActor.WatchFor(actorToWatch), TestActor);
        return actorToWatch;
    }

    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = Now + (duration ?? _expectDefault);
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch when (Now < end)
            {
                cancellationToken.WaitHandle.WaitOne(interval ?? TimeSpan.FromMilliseconds(20));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<T>(_ => true, duration, hint, cancellationToken);

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        if (!Take(timeout ?? _expectDefault, cancellationToken, out var envelope))
            Assert.Fail($"Timeout {timeout ?? _expectDefault} while waiting for a message of type {typeof(T)}. {hint}");
        if (envelope.Message is T message && isMessage(message)) return message;
        Assert.Fail($"Expected a fitting {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message.GetType()}) from {envelope.Sender}. {hint}");
        return default;
    }

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (Take(duration, cancellationToken, out var envelope)) Assert.Fail($"Expected no message, but got {{{envelope.Message}}} from {envelope.Sender}.");
    }

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<Terminated>(terminated => terminated.ActorRef.Equals(target), timeout, hint, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default)
    {
        var end = Now + _expectDefault;
        var received = new List<object>();
        while (received.Count < numberOfMessages)
        {
            if (!Take(end - Now, cancellationToken, out var envelope))
                Assert.Fail($"Timeout ({_expectDefault}) while waiting for {numberOfMessages} messages. Only got {received.Count}: {string.Join(", ", received)}");
            received.Add(envelope.Message);
        }
        return received;
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Throws everything back until something fits.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var end = Now + (max ?? _expectDefault);
        while (Take(end - Now, cancellationToken, out var envelope))
            if (envelope.Message is T message && isMessage(message)) return message;
        Assert.Fail($"Timeout ({max ?? _expectDefault}) while fishing for a message of type {typeof(T)}. {hint}");
        return default;
    }

    private bool Take(TimeSpan most, CancellationToken token, out Envelope envelope)
    {
        var isThere = _inbox.TryTake(out envelope, most > TimeSpan.Zero ? (int)most.TotalMilliseconds : 0, token);
        if (isThere) LastSender = envelope.Sender;
        return isThere;
    }
}
