using Akka.Serialization;

namespace Akka.Hosting;

public enum HoconAddMode
{
    Append,
    Prepend,
}

/// <summary>What is collected about an actor system before it is made: configuration, and actors to start.</summary>
public sealed class AkkaConfigurationBuilder
{
    private readonly string _name;
    private readonly List<Action<ActorSystem, IActorRegistry>> _starters = [];
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

    internal AkkaConfigurationBuilder AddStarter(Action<ActorSystem, IActorRegistry> starter)
    {
        _starters.Add(starter);
        return this;
    }

    internal AkkaConfigurationBuilder AddConfig(Config config, HoconAddMode mode)
    {
        _config = mode == HoconAddMode.Prepend ? config.WithFallback(_config) : _config.WithFallback(config);
        return this;
    }

    internal ActorSystem Create() => new ExtendedActorSystem(_name, _config, _serializers);
    internal void Start(ActorSystem system, IActorRegistry registry) => _starters.ForEach(starter => starter(system, registry));
}

internal sealed record SerializerRegistration(string Id, IEnumerable<Type> Types, Func<ExtendedActorSystem, Serializer> Create);
