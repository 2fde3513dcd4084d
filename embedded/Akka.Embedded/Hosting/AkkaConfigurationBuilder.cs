namespace Akka.Hosting;

public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

public enum HoconAddMode
{
    Append,
    Prepend,
    Replace,
}

/// <summary>What is collected about an actor system before it is made: configuration, and actors to start.</summary>
public sealed class AkkaConfigurationBuilder
{
    private readonly string _name;
    private readonly List<ActorStarter> _starters = [];
    private Config _config = Config.Empty;
    internal AkkaConfigurationBuilder(string name) => _name = name;

    internal AkkaConfigurationBuilder AddStarter(ActorStarter starter)
    {
        _starters.Add(starter);
        return this;
    }

    internal AkkaConfigurationBuilder AddConfig(Config config, HoconAddMode mode)
    {
        _config = mode switch
        {
            HoconAddMode.Prepend => config.WithFallback(_config),
            HoconAddMode.Append => _config.WithFallback(config),
            _ => config,
        };
        return this;
    }

    internal ActorSystem Create() => ActorSystem.Create(_name, _config);

    internal async Task Start(ActorSystem system, IActorRegistry registry)
    {
        foreach (var starter in _starters) await starter(system, registry).ConfigureAwait(false);
    }
}
