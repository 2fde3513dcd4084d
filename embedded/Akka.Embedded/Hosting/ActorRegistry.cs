namespace Akka.Hosting;

public interface IReadOnlyActorRegistry
{
    bool TryGet<TKey>(out IActorRef actor);
    IActorRef Get<TKey>();
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);
}

public interface IActorRegistry : IReadOnlyActorRegistry
{
    void Register<TKey>(IActorRef actor, bool overwrite = false);
    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);
}

/// <summary>The well-known actors of a system, each under a class that stands for it.</summary>
public class ActorRegistry : IActorRegistry, IExtension
{
    private readonly ConcurrentDictionary<Type, TaskCompletionSource<IActorRef>> _actors = new();
    public static ActorRegistry For(ActorSystem actorSystem) => actorSystem.WithExtension<ActorRegistry, ActorRegistryExtension>();

    public void Register<TKey>(IActorRef actor, bool overwrite = false)
    {
        if (!TryRegister<TKey>(actor, overwrite)) throw new DuplicateActorRegistryException($"An actor is registered already under {typeof(TKey)}.");
    }

    public bool TryRegister<TKey>(IActorRef actor, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Entry<TKey>().TrySetResult(actor)) return true;
        if (!overwrite) return false;
        var replacement = new TaskCompletionSource<IActorRef>();
        replacement.SetResult(actor);
        _actors[typeof(TKey)] = replacement;
        return true;
    }

    public bool TryGet<TKey>(out IActorRef actor)
    {
        var found = Entry<TKey>().Task.IsCompleted;
        actor = found ? Entry<TKey>().Task.Result : ActorRefs.Nobody;
        return found;
    }

    public IActorRef Get<TKey>() =>
        TryGet<TKey>(out var actor) ? actor : throw new MissingActorRegistryEntryException($"No actor is registered under {typeof(TKey)}.");

    /// <summary>Waits for one who has not been registered yet.</summary>
    public Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default) => Entry<TKey>().Task.WaitAsync(ct);

    private TaskCompletionSource<IActorRef> Entry<TKey>() =>
        _actors.GetOrAdd(typeof(TKey), _ => new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously));
}

public sealed class ActorRegistryExtension : ExtensionIdProvider<ActorRegistry>
{
    public override ActorRegistry CreateExtension(ExtendedActorSystem system) => new();
}

public class ActorRegistryException(string message) : Exception(message);

public sealed class MissingActorRegistryEntryException(string message) : ActorRegistryException(message);

public sealed class DuplicateActorRegistryException(string message) : ActorRegistryException(message);

/// <summary>For a constructor outside the actors that needs the one registered under <typeparamref name="TActor"/>.</summary>
public interface IRequiredActor<TActor>
{
    IActorRef ActorRef { get; }
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    public IActorRef ActorRef => registry.Get<TActor>();
    public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => registry.GetAsync<TActor>(cancellationToken);
}
