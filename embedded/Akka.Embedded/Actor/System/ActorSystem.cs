using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>A tree of actors with what they share: configuration, log, scheduler, event stream.</summary>
public sealed partial class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocalActorRef _system;
    private readonly LocalActorRef _user;
    private readonly ActorPath _temp;
    private long _temps;
    private int _stopping;

    private ActorSystem(string name, Config config)
    {
        if (!Regex.IsMatch(name, "^[a-zA-Z0-9][a-zA-Z0-9-]*$"))
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        Settings = new Settings(config.WithFallback(ConfigurationFactory.Default()));
        EventStream = new EventStream(Settings.LogLevel);
        Log = new BusLogging(EventStream, $"ActorSystem ({this})", typeof(ActorSystem), null);
        Scheduler = CreateScheduler();
        var root = ActorPath.Root(new Address("akka", name));
        _temp = root / "temp";
        DeadLetterRef = new DeadLetterRef(this, root / "deadLetters");
        var (rootRef, guardian) = (new RootRef(this, root), Props.Create(typeof(GuardianActor)));
        _system = new LocalActorRef(this, guardian, rootRef, root / "system");
        _user = new LocalActorRef(this, guardian, rootRef, root / "user");
        CoordinatedShutdown = new CoordinatedShutdown(this);
        _system.SendSystem(new Dispatch.Create());
        _user.SendSystem(new Dispatch.Create());
        LoggingStart.StartLoggers(this);
    }

    public string Name { get; }
    public Settings Settings { get; }
    public EventStream EventStream { get; }
    public ILoggingAdapter Log { get; }
    public IScheduler Scheduler { get; }
    public IActorRef DeadLetters => DeadLetterRef;

    /// <summary>Completes once every actor has stopped and the system has let go of everything.</summary>
    public Task WhenTerminated => _terminated.Task;
    internal DeadLetterRef DeadLetterRef { get; }
    internal CoordinatedShutdown CoordinatedShutdown { get; }
    public static ActorSystem Create(string name) => Create(name, Config.Empty);
    public static ActorSystem Create(string name, Config config) => new(name, config);
    public IActorRef ActorOf(Props props, string name = null) => _user.Cell.ActorOf(props, name);
    public void Stop(IActorRef actor) => actor.Stop();
    public override string ToString() => $"akka://{Name}";
    internal IActorRef SystemActorOf(Props props, string name) => _system.Cell.ActorOf(props, name);
    internal ActorPath NextTempPath() => _temp / $"${Interlocked.Increment(ref _temps):x}";

    private IScheduler CreateScheduler()
    {
        const string key = "akka.scheduler.implementation";
        var name = Settings.Config.GetString(key);
        return name.StartsWith("Akka.Actor.HashedWheelTimerScheduler", StringComparison.Ordinal)
            ? new TickScheduler(Settings.Config, () => Log)
            : (IScheduler)Activator.CreateInstance(Settings.ClassAt(key, name), Settings.Config.GetConfig("akka.scheduler"), Log);
    }

    /// <summary>The parent of everything that is made from outside.</summary>
    private sealed class GuardianActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
