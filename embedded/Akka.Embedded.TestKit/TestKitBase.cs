using System.Diagnostics;

namespace Akka.TestKit;

/// <summary>An actor of the test, with what it received, and ways to say what that should have been.</summary>
public abstract partial class TestKitBase
{
    private readonly Inbox _inbox = new();
    private readonly double _timeFactor;
    private readonly TimeSpan _expectDefault;
    private Envelope _last;

    private protected TestKitBase(ActorSystem system, string testActorName)
    {
        Sys = system;
        var config = system.Settings.Config.WithFallback(DefaultConfig).GetConfig("akka.test");
        _timeFactor = config.GetDouble("timefactor");
        _expectDefault = Dilated(config.GetTimeSpan("single-expect-default"));
        FilterLeeway = Dilated(config.GetTimeSpan("filter-leeway"));
        TestActor = system.SystemActorOf(
            new Props(typeof(InternalTestActor), () => new InternalTestActor(_inbox)) { OnCallingThread = true },
            testActorName ?? $"testActor{system.NextTempPath().Name[1..]}");
        if (this is TestProbe) return;
        ActorCell.SpeakOutside(TestActor);
        SynchronizationContext.SetSynchronizationContext(new ImplicitSender(TestActor));
    }

    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          test {
            timefactor = 1.0
            filter-leeway = 3s
            single-expect-default = 3s
          }
        }
        """);

    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
    public ActorSystem Sys { get; }
    public IActorRef TestActor { get; }
    public EventFilterFactory EventFilter => new(this);
    public bool HasMessages => _inbox.HasMessages;
    public object LastMessage => _last.Message;
    public IActorRef LastSender => _last.Sender;
    internal TimeSpan FilterLeeway { get; }
    public virtual TestProbe CreateTestProbe(string name = null) => new(Sys, name);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new InternalTestActor.WatchFor(actorToWatch), TestActor);
        return actorToWatch;
    }

    public TimeSpan Dilated(TimeSpan duration) => duration * _timeFactor;

    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = Now + WaitingTime(duration);
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

    private protected void Shutdown()
    {
        if (!Sys.Terminate().Wait(Dilated(TimeSpan.FromSeconds(10)))) Sys.Log.Warning("{0} did not stop in time.", Sys);
        ActorCell.SpeakOutside(null);
    }

    private TimeSpan WaitingTime(TimeSpan? asked) => asked is { } time ? Dilated(time) : _expectDefault;
    private static void Fail(string what, string hint) => Assert.Fail(string.IsNullOrEmpty(hint) ? what : $"{what} {hint}");
}
