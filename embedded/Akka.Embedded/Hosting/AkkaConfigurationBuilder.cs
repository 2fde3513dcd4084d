using Akka.Serialization;

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
    private readonly List<SerializerRegistration> _serializers = [];
    private Config _config = Config.Empty;
    internal AkkaConfigurationBuilder(string name) => _name = name;

    /// <summary>One serializer for these classes and all that derive from them.</summary>
    public AkkaConfigurationBuilder WithCustomSerializer(
        string serializerIdentifier, IEnumerable<Type> boundTypes, Func<ExtendedActorSystem, Serializer> serializerFactory)
    {
        _serializers.Add(new SerializerRegistration(serializerIdentifier, boundTypes, serializerFactory));
        return this;
    }

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

    /// <summary>A node of a cluster stays one, also when it is said later that it is to be reachable.</summary>
    internal AkkaConfigurationBuilder WithProvider(string provider) =>
        _config.GetString("akka.actor.provider") == "cluster" ? this : AddConfig($"akka.actor.provider = {provider}", HoconAddMode.Prepend);

    internal ActorSystem Create() => new ActorSystemImpl(_name, _config, _serializers).Start();

    internal async Task Start(ActorSystem system, IActorRegistry registry)
    {
        foreach (var starter in _starters) await starter(system, registry).ConfigureAwait(false);
    }
}

internal sealed record SerializerRegistration(string Id, IEnumerable<Type> Types, Func<ExtendedActorSystem, Serializer> Create);
