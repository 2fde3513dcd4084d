using Akka.DependencyInjection;

namespace Akka.Hosting;

public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

public enum HoconAddMode
{
    Append,
    Prepend,
    Replace,
}

/// <summary>What is collected about an actor system before it is made: configuration, actors to start, tasks to run then.</summary>
public sealed class AkkaConfigurationBuilder
{
    private readonly string _name;
    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private Config _config = Config.Empty;
    internal AkkaConfigurationBuilder(string name) => _name = name;

    internal AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        _starters.Add(starter);
        return this;
    }

    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) => AddStartup((system, registry) =>
    {
        startupTask(system, registry);
        return Task.CompletedTask;
    });

    /// <summary>Runs once every actor has been started.</summary>
    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        _startupTasks.Add(startupTask);
        return this;
    }

    internal void AddConfig(Config config, HoconAddMode mode) => _config = mode switch
    {
        HoconAddMode.Prepend => config.WithFallback(_config),
        HoconAddMode.Append => _config.WithFallback(config),
        _ => config,
    };

    internal ActorSystem Create(IServiceProvider services)
    {
        // The host says when the process ends, and asks for a coordinated shutdown itself.
        var config = _config.WithFallback("akka.coordinated-shutdown.run-by-clr-shutdown-hook = off");
        var system = ActorSystem.Create(_name, config);
        DependencyResolverExtension.Bind(system, services);
        return system;
    }

    internal async Task Start(ActorSystem system)
    {
        var registry = ActorRegistry.For(system);
        foreach (var starter in _starters) await starter(system, registry, DependencyResolver.For(system).Resolver).ConfigureAwait(false);
        foreach (var task in _startupTasks) await task(system, registry).ConfigureAwait(false);
    }
}
