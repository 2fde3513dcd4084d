using System.Text.RegularExpressions;

namespace Akka.Actor;

internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocalActorRef _system;
    private readonly LocalActorRef _user;
    private readonly ActorPath _temp;
    private long _temps;
    private int _stopping;

    public ActorSystemImpl(string name, Config config)
    {
        if (!Regex.IsMatch(name, "^[a-zA-Z0-9][a-zA-Z0-9-]*$"))
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        Settings = new Settings(config.WithFallback(ConfigurationFactory.Default()));
        EventStream = new EventStream(Settings.LogLevel);
        Log = Logging.GetLogger(this, this);
        Scheduler = CreateScheduler();
        var root = new RootActorPath(new Address("akka", name));
        _temp = root / "temp";
        DeadLetterRef = new DeadLetterRef(this, root / "deadLetters");
        var rootRef = new RootRef(this, root);
        _system = new LocalActorRef(this, Guardian(SupervisorStrategy.DefaultStrategy), rootRef, root / "system");
        _user = new LocalActorRef(this, Guardian(GuardianStrategy()), rootRef, root / "user");
    }

    public override string Name { get; }
    public override Settings Settings { get; }
    public override EventStream EventStream { get; }
    public override ILoggingAdapter Log { get; }
    public override IScheduler Scheduler { get; }
    public override IActorRef DeadLetters => DeadLetterRef;
    public DeadLetterRef DeadLetterRef { get; }
    public override Task WhenTerminated => _terminated.Task;

    public ActorSystemImpl Start()
    {
        _system.SendSystem(new Dispatch.Create());
        _user.SendSystem(new Dispatch.Create());
        LoggingStart.StartLoggers(this);
        CoordinatedShutdown.Get(this);
        if (Settings.Config.GetBoolean("akka.log-config-on-start")) Log.Info(Settings.Config.ToString());
        return this;
    }

    public override IActorRef ActorOf(Props props, string name = null) => _user.Cell.ActorOf(props, name);
    public override IActorRef SystemActorOf(Props props, string name = null) => _system.Cell.ActorOf(props, name);
    public override void Stop(IActorRef actor) => actor.Stop();
    public override void RegisterOnTermination(Action code) => _onTermination.Push(code);
    public ActorPath NextTempPath() => _temp / $"${Interlocked.Increment(ref _temps):x}";

    public override object RegisterExtension(IExtensionId extension) =>
        _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;

    public override object GetExtension(IExtensionId extensionId) => RegisterExtension(extensionId);
    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null;

    public override bool TryGetExtension<T>(out T extension)
    {
        extension = _extensions.TryGetValue(typeof(T), out var lazy) ? (T)lazy.Value : null;
        return extension is not null;
    }

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));
    public override string ToString() => $"akka://{Name}";
    private static Props Guardian(SupervisorStrategy strategy) => Props.Create<GuardianActor>(strategy);

    private SupervisorStrategy GuardianStrategy() => Settings.Config.GetString("akka.actor.guardian-supervisor-strategy") switch
    {
        var name when name?.Split(',')[0] == "Akka.Actor.StoppingSupervisorStrategy" => SupervisorStrategy.StoppingStrategy,
        null or "Akka.Actor.DefaultSupervisorStrategy" => SupervisorStrategy.DefaultStrategy,
        var other => throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy: '{other}' is not known here."),
    };

    private IScheduler CreateScheduler()
    {
        var name = Settings.Config.GetString("akka.scheduler.implementation");
        return name.StartsWith("Akka.Actor.HashedWheelTimerScheduler", StringComparison.Ordinal)
            ? new TickScheduler(Settings.Config, () => Log)
            : (IScheduler)Activator.CreateInstance(TypeNames.Resolve(name, "akka.scheduler.implementation"), Settings.Config.GetConfig("akka.scheduler"), Log);
    }
}

/// <summary>The parent of everything that is made from outside.</summary>
internal sealed class GuardianActor : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}
