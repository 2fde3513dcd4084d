using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Serialization;
using Akka.Remote;

namespace Akka.Serialization;

/// <summary>
/// For plain values and for what the runtime tells itself across systems. Such a message is written as the parameters of its
/// constructor, in their order, and made anew with them. Nothing of a project's own goes this way: a serializer must be bound to it.
/// </summary>
internal sealed class RuntimeSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly MethodInfo Sets = typeof(RuntimeSerializer).GetMethod(nameof(Set), BindingFlags.NonPublic | BindingFlags.Static);
    private static readonly MethodInfo Maps = typeof(RuntimeSerializer).GetMethod(nameof(Map), BindingFlags.NonPublic | BindingFlags.Static);
    public override int Identifier => 17;
    public static bool Knows(Type type) => type.IsPrimitive || type == typeof(string) || type.Assembly == typeof(RuntimeSerializer).Assembly;
    public override string Manifest(object o) => o.GetType().FullName;

    public override byte[] ToBinary(object obj)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer, obj);
        return bytes.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var type = Type.GetType(manifest);
        if (type is null || !Knows(type)) throw new SerializationException($"Unknown manifest [{manifest}].");
        return Read(new BinaryReader(new MemoryStream(bytes)), type);
    }

    private void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text: writer.Write(text); break;
            case int number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case IConvertible plain: writer.Write(plain.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            case TimeSpan time: writer.Write(time.Ticks); break;
            case Address address: writer.Write(address.ToString()); break;
            case IActorRef actor: writer.Write(RemotePaths.Of(actor, system).ToSerializationFormat()); break;
            case IDictionary map: WriteAll(writer, map.Keys.Cast<object>().SelectMany(k => new[] { k, map[k] }), map.Count); break;
            case ICollection set: WriteAll(writer, set.Cast<object>(), set.Count); break;
            default:
                foreach (var parameter in Parameters(value.GetType())) Write(writer, Member(value, parameter.Name));
                break;
        }
    }

    private void WriteAll(BinaryWriter writer, IEnumerable<object> values, int count)
    {
        writer.Write(count);
        foreach (var value in values) Write(writer, value);
    }

    private object Read(BinaryReader reader, Type type)
    {
        if (type == typeof(string)) return reader.ReadString();
        if (type == typeof(int)) return reader.ReadInt32();
        if (type == typeof(long)) return reader.ReadInt64();
        if (type.IsPrimitive) return Convert.ChangeType(reader.ReadString(), type, System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(TimeSpan)) return TimeSpan.FromTicks(reader.ReadInt64());
        if (type == typeof(Address)) return Address.Parse(reader.ReadString());
        if (typeof(IActorRef).IsAssignableFrom(type)) return system.Provider.ResolveActorRef(reader.ReadString());
        if (type.IsGenericType && type.GetGenericArguments() is var inner) return (inner.Length == 1 ? Sets : Maps).MakeGenericMethod(inner).Invoke(null, [Some(reader, inner)]);
        if (type.GetConstructors().Length == 0) return Singleton(type);
        return Activator.CreateInstance(type, [.. Parameters(type).Select(p => Read(reader, p.ParameterType))]);
    }

    private List<object> Some(BinaryReader reader, Type[] types)
    {
        var values = new List<object>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            foreach (var type in types) values.Add(Read(reader, type));
        return values;
    }

    private static ImmutableHashSet<T> Set<T>(List<object> values) => [.. values.Cast<T>()];

    private static ImmutableDictionary<TKey, TValue> Map<TKey, TValue>(List<object> values) =>
        values.Chunk(2).ToImmutableDictionary(pair => (TKey)pair[0], pair => (TValue)pair[1]);

    private static ParameterInfo[] Parameters(Type type) => type.GetConstructors() is [var constructor] ? constructor.GetParameters() : [];

    private static object Member(object owner, string name)
    {
        const BindingFlags any = BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance;
        var type = owner.GetType();
        return type.GetProperty(name, any) is { } property ? property.GetValue(owner) : type.GetField(name, any).GetValue(owner);
    }

    private static object Singleton(Type type) => type.GetProperty("Instance")?.GetValue(null) ?? type.GetField("Instance")?.GetValue(null);
}
