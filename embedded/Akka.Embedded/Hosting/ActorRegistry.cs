namespace Akka.Hosting;

public interface IReadOnlyActorRegistry
{
    IActorRef Get<TKey>();
}

public interface IActorRegistry : IReadOnlyActorRegistry
{
    void Register<TKey>(IActorRef actor);
}

/// <summary>The well-known actors of a system, each under a class that stands for it.</summary>
public class ActorRegistry : IActorRegistry
{
    private readonly ConcurrentDictionary<Type, IActorRef> _actors = new();

    public void Register<TKey>(IActorRef actor)
    {
        if (!_actors.TryAdd(typeof(TKey), actor)) throw new InvalidOperationException($"An actor is registered already under {typeof(TKey)}.");
    }

    public IActorRef Get<TKey>() => _actors.TryGetValue(typeof(TKey), out var actor) ? actor
        : throw new InvalidOperationException($"No actor is registered under {typeof(TKey)}.");
}

/// <summary>For a constructor outside the actors that needs the one registered under <typeparamref name="TActor"/>.</summary>
public interface IRequiredActor<TActor>
{
    IActorRef ActorRef { get; }
}

public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    public IActorRef ActorRef => registry.Get<TActor>();
}
