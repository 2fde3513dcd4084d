using System.Buffers;
using System.Text;

namespace ProverCluster.Node.Provers;

/// <summary>Keeps how an output begins and how it ends, and counts all of it: enough to quote from, whatever is printed.</summary>
/// <param name="most">What is kept at most, in bytes; half for each.</param>
internal sealed class BoundedOutput(int most = 1 << 20)
{
    private readonly ArrayBufferWriter<byte> _head = new();
    private byte[] _tail = [];
    private long _inTail;

    /// <summary>Bytes seen, kept or not.</summary>
    internal long Total => _head.WrittenCount + _inTail;

    /// <summary>Bytes between the head and the tail that were not kept.</summary>
    internal long LeftOut => Math.Max(0, _inTail - _tail.Length);

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        var toHead = Math.Min(bytes.Length, (most / 2) - _head.WrittenCount);
        _head.Write(bytes[..toHead]);
        bytes = bytes[toHead..];
        if (bytes.IsEmpty)
        {
            return;
        }

        // Most outputs never come here.
        _tail = _tail.Length == 0 ? new byte[Math.Max(1, most - (most / 2))] : _tail;
        if (bytes.Length > _tail.Length)
        {
            _inTail += bytes.Length - _tail.Length;
            bytes = bytes[^_tail.Length..];
        }

        var at = (int)(_inTail % _tail.Length);
        var first = Math.Min(bytes.Length, _tail.Length - at);
        bytes[..first].CopyTo(_tail.AsSpan(at));
        bytes[first..].CopyTo(_tail);
        _inTail += bytes.Length;
    }

    /// <summary>As text, with a line that says how much is left out.</summary>
    public override string ToString()
    {
        var head = Encoding.UTF8.GetString(_head.WrittenSpan);
        var at = _tail.Length == 0 ? 0 : (int)(_inTail % _tail.Length);
        return LeftOut == 0
            ? head + Encoding.UTF8.GetString(_tail.AsSpan(0, (int)_inTail))
            : $"{head}\n... {LeftOut} bytes left out ...\n{Encoding.UTF8.GetString(_tail.AsSpan(at))}{Encoding.UTF8.GetString(_tail.AsSpan(0, at))}";
    }
}
