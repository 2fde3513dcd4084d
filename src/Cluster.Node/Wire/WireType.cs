using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProverCluster.Messages.Texts;

namespace ProverCluster.Node.Wire;

/// <summary>How one type of message is written. Reading throws whatever it likes on bytes that are none.</summary>
/// <param name="manifest">Names the type on the wire, for ever.</param>
/// <param name="type">The type here.</param>
internal abstract class WireType(string manifest, Type type)
{
    public string Manifest => manifest;

    public Type Type => type;

    public abstract byte[] Write(object message);

    public abstract object Read(ReadOnlySpan<byte> bytes);
}

/// <summary>JSON in UTF-8.</summary>
internal sealed class JsonWireType(string manifest, JsonTypeInfo info) : WireType(manifest, info.Type)
{
    public override byte[] Write(object message) => JsonSerializer.SerializeToUtf8Bytes(message, info);

    public override object Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, info) ?? throw new JsonException("null");
}

/// <summary>The length of a head, four bytes, the lowest first; the head as JSON; the bytes as they are, which as JSON would be a third longer.</summary>
internal sealed class PieceWireType(string manifest, JsonTypeInfo<WirePieceHead> info) : WireType(manifest, typeof(TextEvents.Piece))
{
    public override byte[] Write(object message)
    {
        var piece = (TextEvents.Piece)message;
        var head = JsonSerializer.SerializeToUtf8Bytes(new WirePieceHead(piece.Text, piece.Offset), info);
        var written = new byte[sizeof(int) + head.Length + piece.Bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(written, head.Length);
        head.CopyTo(written, sizeof(int));
        piece.Bytes.Span.CopyTo(written.AsSpan(sizeof(int) + head.Length));
        return written;
    }

    public override object Read(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var rest = bytes[sizeof(int)..];
        var head = JsonSerializer.Deserialize(rest[..length], info) ?? throw new JsonException("null");
        return new TextEvents.Piece(head.Text, head.Offset, rest[length..].ToArray());
    }
}
