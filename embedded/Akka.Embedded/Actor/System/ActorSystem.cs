using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>A tree of actors with what they share: configuration, log, scheduler, event stream.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    /// <summary>Who waits for an answer, perhaps of another system.</summary>
    private readonly ConcurrentDictionary<string, ActorRefBase> _asking = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocalActorRef _system;
    private readonly LocalActorRef _user;
    private readonly ActorPath _temp;
    private long _temps;

    private protected ActorSystem(string name, Config config)
    {
        if (!Regex.IsMatch(name, "^[a-zA-Z0-9][a-zA-Z0-9-]*$"))
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        Settings = new Settings(config.WithFallback(ConfigurationFactory.Default()));
        EventStream = new EventStream(Settings.LogLevel);
        Log = new BusLogging(EventStream, $"ActorSystem ({this})", typeof(ActorSystem));
        Scheduler = Settings.Make<SchedulerBase>("akka.scheduler.implementation", Settings.Config.GetString("akka.scheduler.implementation"), Settings.Config, Log);
        var root = new RootActorPath(new Address("akka", name));
        _temp = root / "temp";
        DeadLetters = new EmptyRef(this, root / "deadLetters");
        var (rootRef, guardian) = (new RootRef(this, root), Props.Create(() => new GuardianActor()));
        _system = new LocalActorRef(this, guardian, rootRef, root / "system");
        _user = new LocalActorRef(this, guardian, rootRef, root / "user");
        CoordinatedShutdown = new CoordinatedShutdown(this);
        _system.SendSystem(new Dispatch.Create());
        _user.SendSystem(new Dispatch.Create());
        StandardErrorLog.Start(this);
    }

    public string Name { get; }
    public Settings Settings { get; }
    public EventStream EventStream { get; }
    public ILoggingAdapter Log { get; }
    public IScheduler Scheduler { get; }
    public Serialization.Serialization Serialization { get; private protected init; }

    /// <summary>Completes once every actor has stopped and the system has let go of everything.</summary>
    public Task WhenTerminated => _terminated.Task;

    /// <summary>The sender of what has none.</summary>
    internal IActorRef DeadLetters { get; }
    internal CoordinatedShutdown CoordinatedShutdown { get; }
    public static ActorSystem Create(string name) => Create(name, Config.Empty);
    public static ActorSystem Create(string name, Config config) => new ExtendedActorSystem(name, config, []);
    public IActorRef ActorOf(Props props, string name = null) => _user.Cell.ActorOf(props, name);
    public void Stop(IActorRef actor) => actor.Stop();
    public override string ToString() => $"akka://{Name}";

    /// <summary>Runs the coordinated shutdown.</summary>
    public Task Terminate()
    {
        _ = CoordinatedShutdown.Run(new CoordinatedShutdown.Reason());
        return WhenTerminated;
    }

    public void Dispose() => Terminate();

    internal Task FinalTerminate()
    {
        _user.SendSystem(new Terminate());
        return WhenTerminated;
    }

    internal IActorRef SystemActorOf(Props props, string name) => _system.Cell.ActorOf(props, name);
    internal ActorPath NextTempPath() => _temp / $"${Interlocked.Increment(ref _temps):x}";
    internal void Remember(ActorRefBase asker) => _asking[asker.Path.Name] = asker;
    internal void Forget(ActorRefBase asker) => _asking.TryRemove(asker.Path.Name, out _);

    /// <summary>Who lives under a path here; where nobody does, a handle that says so.</summary>
    internal ActorRefBase Find(ActorPath path)
    {
        var elements = path.Elements;
        if (elements is ["temp", var name]) return _asking.TryGetValue(name, out var asker) ? asker : new EmptyRef(this, path);
        var found = elements.FirstOrDefault() switch { "user" => _user, "system" => _system, _ => null };
        foreach (var element in elements.Skip(1)) found = found?.Cell.Child(element) as LocalActorRef;
        return found is not null && (path.Uid == 0 || path.Uid == found.Path.Uid) ? found : new EmptyRef(this, path);
    }

    private protected abstract void OnTerminated();

    /// <summary>The actors of the user end first, then the system's own, then the rest.</summary>
    private void GuardianDied(IActorRef guardian)
    {
        if (guardian.Equals(_user))
        {
            _system.SendSystem(new Terminate());
            return;
        }
        OnTerminated();
        (Scheduler as IDisposable)?.Dispose();
        _terminated.TrySetResult();
    }

    /// <summary>What the guardians have above them.</summary>
    private sealed class RootRef(ActorSystem system, ActorPath path) : EmptyRef(system, path)
    {
        internal override void SendSystem(SystemMessage message)
        {
            if (message is DeathWatchNotification death) System.GuardianDied(death.Actor);
            else base.SendSystem(message);
        }
    }

    /// <summary>The parent of everything that is made from outside.</summary>
    private sealed class GuardianActor : UntypedActor
    {
        protected override void OnReceive(object message) { }
    }
}
