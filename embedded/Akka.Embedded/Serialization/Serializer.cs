namespace Akka.Serialization;

/// <summary>
/// Turns messages into bytes and back, for those that go to another system. It names what it has written by words of its own, which outlive the names of classes.
/// </summary>
public abstract class SerializerWithStringManifest
{
    protected SerializerWithStringManifest(ExtendedActorSystem system) => ArgumentNullException.ThrowIfNull(system);

    /// <summary>Goes over the wire, so it must be the same in every node.</summary>
    public abstract int Identifier { get; }
    public abstract byte[] ToBinary(object obj);
    public abstract object FromBinary(byte[] bytes, string manifest);
    public abstract string Manifest(object o);
}
