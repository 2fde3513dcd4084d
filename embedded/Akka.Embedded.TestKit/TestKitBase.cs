using System.Diagnostics;
using System.Linq.Expressions;

namespace Akka.TestKit;

/// <summary>An actor of the test, with what it received, and ways to say what that should have been.</summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private readonly Inbox _inbox = new();
    private Envelope _last;

    private protected TestKitBase(ActorSystem system, string testActorName)
    {
        Sys = system;
        TestKitSettings = new TestKitSettings(system.Settings.Config.WithFallback(DefaultConfig));
        var name = testActorName ?? $"testActor{((ActorSystemImpl)system).NextTempPath().Name[1..]}";
        TestActor = ((ExtendedActorSystem)system).SystemActorOf(
            new Props(typeof(InternalTestActor), [], () => new InternalTestActor(_inbox)) { OnCallingThread = true }, name);
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
            default-timeout = 5s
          }
        }
        """);

    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
    public ActorSystem Sys { get; }
    public IActorRef TestActor { get; }
    public TestKitSettings TestKitSettings { get; }
    public EventFilterFactory EventFilter => CreateEventFilter(Sys);
    public ILoggingAdapter Log => Logging.GetLogger(Sys, GetType());
    public bool HasMessages => _inbox.HasMessages;
    public object LastMessage => _last.Message;
    public IActorRef LastSender => _last.Sender;
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);
    public IActorRef ActorOf(Props props, string name) => Sys.ActorOf(props, name);
    public IActorRef ActorOf<TActor>() where TActor : ActorBase, new() => Sys.ActorOf<TActor>();
    public IActorRef ActorOf<TActor>(string name) where TActor : ActorBase, new() => Sys.ActorOf<TActor>(name);
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);
    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);
    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, name);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new InternalTestActor.WatchFor(actorToWatch), TestActor);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new InternalTestActor.UnwatchFor(actorToUnwatch), TestActor);
        return actorToUnwatch;
    }

    public TimeSpan Dilated(TimeSpan duration) => duration * TestKitSettings.TestTimeFactor;
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var inTime = system.Terminate().Wait(duration ?? Dilated(TimeSpan.FromSeconds(10)));
        ActorCell.SpeakOutside(null);
        if (inTime) return;
        if (verifySystemShutdown) throw new TimeoutException($"{system} did not stop in time.");
        system.Log.Warning("{0} did not stop in time.", system);
    }

    private static void Fail(string what, string hint) => Assert.Fail(string.IsNullOrEmpty(hint) ? what : $"{what} {hint}");
}
