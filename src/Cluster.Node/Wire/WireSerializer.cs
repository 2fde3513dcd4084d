using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using ProverCluster.Messages;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Wire;

/// <summary>
/// Writes and reads every <see cref="IProtocolMessage"/> as <see cref="WireSchema"/> says. What cannot be read is one message lost, which the protocol allows
/// for, and counted: Akka.Remote keeps the connection after a <see cref="SerializationException"/>, and after nothing else.
/// </summary>
internal sealed class WireSerializer : SerializerWithStringManifest
{
    private static readonly Dictionary<string, WireType> ByManifest = WireSchema.All.ToDictionary(type => type.Manifest, StringComparer.Ordinal);
    private static readonly Dictionary<Type, WireType> ByType = WireSchema.All.ToDictionary(type => type.Type);

    public WireSerializer(ExtendedActorSystem system)
        // A system makes its serializers before it can log.
        : base(system) => Losses = new WireLosses(() => NodeLog.Of(system));

    public override int Identifier => WireSchema.Identifier;

    /// <summary>What this node could not write or read.</summary>
    public WireLosses Losses { get; }

    public override string Manifest(object o) => Of(o).Manifest;

    public override byte[] ToBinary(object obj)
    {
        var type = Of(obj);
        byte[] written;
        try
        {
            written = type.Write(obj);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw Losses.Count(WireLoss.Unwritable, type.Manifest, "cannot be written", failure);
        }

        // Akka.Remote would drop it as well, and name the type only.
        return written.Length <= WireSchema.MostBytes
            ? written
            : throw Losses.Count(WireLoss.TooLong, type.Manifest, $"has {written.Length} bytes and may have {WireSchema.MostBytes}");
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!ByManifest.TryGetValue(manifest, out var type))
            throw Losses.Count(WireLoss.UnknownManifest, manifest, "is none that this version knows");
        if (bytes.Length > WireSchema.MostBytes)
            throw Losses.Count(WireLoss.TooLong, manifest, $"has {bytes.Length} bytes and may have {WireSchema.MostBytes}");
        try
        {
            return type.Read(bytes);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw Losses.Count(WireLoss.Unreadable, manifest, "cannot be read", failure);
        }
    }

    private WireType Of(object message) => ByType.TryGetValue(message.GetType(), out var type)
        ? type
        : throw Losses.Count(WireLoss.Unwritable, message.GetType().Name, "has no manifest");
}
