using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace ProverCluster.Node.Wire;

/// <summary>
/// Stands where a serializer of Akka.NET's would make any type of this process out of bytes from the network: neither its JSON, which everything without a
/// serializer of its own falls back to, nor remote deployment, which starts any actor, has a use here.
/// </summary>
internal sealed class RefusedSerializer(ExtendedActorSystem system, int identifier) : SerializerWithStringManifest(system)
{
    /// <summary>The identifiers that Akka.NET has given to those two.</summary>
    public const int Json = 1;
    public const int RemoteDeployment = 3;

    public override int Identifier { get; } = identifier;

    public override string Manifest(object o) => "";

    public override byte[] ToBinary(object obj) => throw new SerializationException($"a {obj.GetType().Name} does not travel between nodes");

    public override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException("what would make any type of bytes is not read");
}
