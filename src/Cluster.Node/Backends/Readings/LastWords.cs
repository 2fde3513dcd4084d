using System.Text;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>How a pipe ended, as a prover that crashes says why: its last bytes and nothing else, on one line.</summary>
internal sealed class LastWords
{
    private readonly byte[] _bytes = new byte[Complaints.QuoteLength];
    private int _length;

    /// <summary>At most as long as a quote may be; empty if nothing was printed.</summary>
    public string Text => string.Join(' ', Decoded().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[Math.Max(0, bytes.Length - _bytes.Length)..];
        var kept = Math.Min(_length, _bytes.Length - bytes.Length);
        _bytes.AsSpan(_length - kept, kept).CopyTo(_bytes);
        bytes.CopyTo(_bytes.AsSpan(kept));
        _length = kept + bytes.Length;
    }

    /// <summary>The cut may have gone through a character.</summary>
    private string Decoded()
    {
        var bytes = _bytes.AsSpan(0, _length);
        while (!bytes.IsEmpty && (bytes[0] & 0xC0) == 0x80)
            bytes = bytes[1..];
        return Encoding.UTF8.GetString(bytes);
    }
}
