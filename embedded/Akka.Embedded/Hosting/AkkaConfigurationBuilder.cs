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
    internal AkkaConfigurationBuilder() { }
    internal Config Config { get; set; } = Config.Empty;
    internal List<SerializerRegistration> Serializers { get; } = [];
    internal List<Action<ActorSystem, IActorRegistry>> Starters { get; } = [];

    /// <summary>One serializer for these classes and all that derive from them.</summary>
    public AkkaConfigurationBuilder WithCustomSerializer(
        string serializerIdentifier, IEnumerable<Type> boundTypes, Func<ExtendedActorSystem, SerializerWithStringManifest> serializerFactory)
    {
        Serializers.Add(new SerializerRegistration(serializerIdentifier, boundTypes, serializerFactory));
        return this;
    }
}

internal sealed record SerializerRegistration(string Id, IEnumerable<Type> Types, Func<ExtendedActorSystem, SerializerWithStringManifest> Create);
