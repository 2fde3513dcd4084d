namespace Akka.Serialization;

/// <summary>Turns messages into bytes and back, for those that go to another system.</summary>
public abstract class Serializer
{
#pragma warning disable IDE1006 // its name in Akka.NET
    protected readonly ExtendedActorSystem system;
#pragma warning restore IDE1006
    private protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>Goes over the wire, so it must be the same in every node.</summary>
    public abstract int Identifier { get; }
    public abstract byte[] ToBinary(object obj);
}

/// <summary>One that names what it has written by words of its own, which outlive the names of classes.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    protected SerializerWithStringManifest(ExtendedActorSystem system) : base(system) { }
    public abstract object FromBinary(byte[] bytes, string manifest);
    public abstract string Manifest(object o);
}
