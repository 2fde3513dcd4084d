namespace Akka.Actor;

/// <summary>A tree of actors with what they share: configuration, log, scheduler, event stream.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private protected ActorSystem() { }
    public abstract string Name { get; }
    public abstract Settings Settings { get; }
    public abstract EventStream EventStream { get; }
    public abstract ILoggingAdapter Log { get; }
    public abstract IScheduler Scheduler { get; }
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Completes once every actor has stopped and the system has let go of everything.</summary>
    public abstract Task WhenTerminated { get; }
    public static ActorSystem Create(string name) => Create(name, Config.Empty);
    public static ActorSystem Create(string name, Config config) => new ActorSystemImpl(name, config).Start();
    public abstract IActorRef ActorOf(Props props, string name = null);
    public abstract void Stop(IActorRef actor);

    /// <summary>Runs the coordinated shutdown, or just stops all actors if that is not configured.</summary>
    public abstract Task Terminate();
    public abstract void RegisterOnTermination(Action code);
    public abstract object RegisterExtension(IExtensionId extension);
    public abstract object GetExtension(IExtensionId extensionId);
    public abstract T GetExtension<T>() where T : class, IExtension;
    public abstract bool TryGetExtension<T>(out T extension) where T : class, IExtension;
    public abstract bool HasExtension<T>() where T : class, IExtension;

    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What extensions may do with a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    private protected ExtendedActorSystem() { }
    public abstract IActorRef SystemActorOf(Props props, string name = null);
}
