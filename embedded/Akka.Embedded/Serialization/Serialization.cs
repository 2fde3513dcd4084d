using System.Runtime.Serialization;
using Akka.Hosting;

namespace Akka.Serialization;

/// <summary>Which serializer is for what. A class without a binding of its own takes that of an ancestor or an interface.</summary>
public class Serialization
{
    private readonly Dictionary<int, SerializerWithStringManifest> _byId = [];
    private readonly Dictionary<Type, SerializerWithStringManifest> _bindings = [];
    private readonly ConcurrentDictionary<Type, SerializerWithStringManifest> _found = new();
    private readonly RuntimeSerializer _own;

    internal Serialization(ExtendedActorSystem system, IEnumerable<SerializerRegistration> registrations)
    {
        _byId[(_own = new RuntimeSerializer(system)).Identifier] = _own;
        foreach (var registration in registrations)
        {
            var serializer = registration.Create(system);
            if (!_byId.TryAdd(serializer.Identifier, serializer))
                throw new ConfigurationException($"Serializer '{registration.Id}': the identifier {serializer.Identifier} belongs to {_byId[serializer.Identifier].GetType()}.");
            foreach (var type in registration.Types) _bindings[type] = serializer;
        }
    }

    public SerializerWithStringManifest FindSerializerFor(object obj) => FindSerializerForType(obj.GetType());

    public SerializerWithStringManifest FindSerializerForType(Type objectType) => _found.GetOrAdd(objectType, type =>
        _bindings.GetValueOrDefault(type)
        ?? _bindings.FirstOrDefault(b => b.Key.IsAssignableFrom(type)).Value
        ?? (RuntimeSerializer.Knows(type) ? _own : throw new SerializationException($"No serializer is bound to {type}.")));

    internal object Deserialize(byte[] bytes, int serializerId, string manifest) => _byId.TryGetValue(serializerId, out var serializer)
        ? serializer.FromBinary(bytes, manifest)
        : throw new SerializationException($"Cannot find serializer with id [{serializerId}] (manifest [{manifest}]).");
}
