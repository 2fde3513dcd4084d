using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Akka.Serialization;

/// <summary>For plain values and for what the runtime tells itself across systems. Nothing of a project's own goes this way: a serializer must be bound to it.</summary>
internal sealed class RuntimeSerializer : SerializerWithStringManifest
{
    private readonly JsonSerializerOptions _options = new();
    public RuntimeSerializer(ExtendedActorSystem system) : base(system) => _options.Converters.Add(new RefConverter(system));
    public override int Identifier => 17;
    public static bool Knows(Type type) => type.IsPrimitive || type == typeof(string) || type.Assembly == typeof(RuntimeSerializer).Assembly;
    public override string Manifest(object o) => o.GetType().FullName;
    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType(), _options);

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var type = Type.GetType(manifest);
        if (type is null || !Knows(type)) throw new SerializationException($"Unknown manifest [{manifest}].");
        return JsonSerializer.Deserialize(bytes, type, _options);
    }

    /// <summary>An actor goes by the name that others have for it.</summary>
    private sealed class RefConverter(ExtendedActorSystem system) : JsonConverter<IActorRef>
    {
        public override IActorRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            system.Provider.ResolveActorRef(reader.GetString());

        public override void Write(Utf8JsonWriter writer, IActorRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(system.PathAbroad(value).ToSerializationFormat());
    }
}
