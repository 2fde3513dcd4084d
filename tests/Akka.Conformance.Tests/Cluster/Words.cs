using System.Runtime.Serialization;
using System.Text;
using Akka.Serialization;

namespace Akka.Conformance.Cluster;

/// <summary>What is said between nodes, by the serializer of the test.</summary>
public abstract record Word(string Text);

public sealed record PlainWord(string Text) : Word(Text);

/// <summary>Of a later version: this one cannot read it.</summary>
public sealed record UnknownWord(string Text) : Word(Text);

/// <summary>Reading it fails in a way that nobody has thought of.</summary>
public sealed record BrokenWord(string Text) : Word(Text);

/// <summary>It cannot even be written.</summary>
public sealed record UnwritableWord(string Text) : Word(Text);

public sealed class WordSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 4711;

    public override string Manifest(object o) => o switch
    {
        PlainWord => "plain",
        BrokenWord => "broken",
        _ => "of-tomorrow",
    };

    public override byte[] ToBinary(object obj) =>
        obj is UnwritableWord ? throw new NotSupportedException("It cannot be said.") : Encoding.UTF8.GetBytes(((Word)obj).Text);

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "plain" => new PlainWord(Encoding.UTF8.GetString(bytes)),
        "broken" => throw new InvalidOperationException("It cannot be read."),
        _ => throw new SerializationException($"Unknown manifest [{manifest}]."),
    };
}
