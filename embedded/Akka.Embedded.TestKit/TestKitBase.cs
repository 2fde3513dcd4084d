using System.Diagnostics;

namespace Akka.TestKit;

/// <summary>An actor of the test, with what it received, and ways to say what that should have been.</summary>
public abstract partial class TestKitBase
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
        ActorCell.SpeakOutside(TestActor);
        SynchronizationContext.SetSynchronizationContext(new ImplicitSender(TestActor));
    }

    public ActorSystem Sys { get; }
    public IActorRef TestActor { get; }
    public EventFilterFactory EventFilter => new(this);

    /// <summary>Of the message received last.</summary>
    public IActorRef LastSender { get; private set; }
    internal TimeSpan FilterLeeway { get; }

    internal static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          test {
            filter-leeway = 3s
            single-expect-default = 3s
          }
        }
        """);

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

    private protected void Shutdown()
    {
        if (!Sys.Terminate().Wait(TimeSpan.FromSeconds(10))) Sys.Log.Warning("{0} did not stop in time.", Sys);
        ActorCell.SpeakOutside(null);
    }
}
