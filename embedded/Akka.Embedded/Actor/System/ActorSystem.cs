using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>A tree of actors with what they share: configuration, log, scheduler, event stream.</summary>
public abstract partial class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();

    /// <summary>Questions whose asker another system has been told of.</summary>
    private readonly ConcurrentDictionary<string, IInternalActorRef> _asked = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocalActorRef _system;
    private readonly LocalActorRef _user;
    private readonly ActorPath _temp;
    private long _temps;
    private int _stopping;

    private protected ActorSystem(string name, Config config)
    {
        if (!Regex.IsMatch(name, "^[a-zA-Z0-9][a-zA-Z0-9-]*$"))
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        Settings = new Settings(config.WithFallback(ConfigurationFactory.Default()));
        EventStream = new EventStream(Settings.LogLevel);
        Log = new BusLogging(EventStream, $"ActorSystem ({this})", typeof(ActorSystem), null);
        Scheduler = CreateScheduler();
        var root = new RootActorPath(new Address("akka", name));
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
    public Serialization.Serialization Serialization { get; private protected init; }

    /// <summary>Completes once every actor has stopped and the system has let go of everything.</summary>
    public Task WhenTerminated => _terminated.Task;
    internal DeadLetterRef DeadLetterRef { get; }
    internal CoordinatedShutdown CoordinatedShutdown { get; }
    public static ActorSystem Create(string name) => Create(name, Config.Empty);
    public static ActorSystem Create(string name, Config config) => new ActorSystemImpl(name, config, []).Start();
    public IActorRef ActorOf(Props props, string name = null) => _user.Cell.ActorOf(props, name);
    public void Stop(IActorRef actor) => actor.Stop();
    public override string ToString() => $"akka://{Name}";
    internal IActorRef SystemActorOf(Props props, string name) => _system.Cell.ActorOf(props, name);
    internal ActorPath NextTempPath() => _temp / $"${Interlocked.Increment(ref _temps):x}";
    internal void Remember(IInternalActorRef asker) => _asked[asker.Path.Name] = asker;
    internal void Forget(IInternalActorRef asker) => _asked.TryRemove(asker.Path.Name, out _);

    /// <summary>What there is once in a system, made when it is first asked for.</summary>
    internal T Extension<T>(Func<T> create) where T : class => (T)_extensions.GetOrAdd(typeof(T), _ => new Lazy<object>(create)).Value;

    /// <summary>Who lives under a path here; where nobody does, a handle that says so.</summary>
    internal IInternalActorRef Find(ActorPath path)
    {
        var elements = path.Elements;
        if (elements is ["temp", var name]) return _asked.TryGetValue(name, out var asker) ? asker : new DeadLetterRef(this, path);
        var found = elements.FirstOrDefault() switch { "user" => _user, "system" => _system, _ => null };
        for (var i = 1; i < elements.Count; i++) found = found?.Cell.Child(elements[i]) as LocalActorRef;
        return found is not null && (path.Uid == 0 || path.Uid == found.Path.Uid) ? found : new DeadLetterRef(this, path);
    }

    private protected virtual void OnTerminated() { }

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
