namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Cuts a stream of bytes into lines. A line longer than <see cref="MaxLine"/> is handed out cut to that length, so memory
/// is bounded whatever is printed, and a cut line is never as short as a verdict.
/// </summary>
internal sealed class LineSplitter
{
    /// <summary>Bytes; the lines that mean something are far shorter.</summary>
    public const int MaxLine = 4096;

    private readonly byte[] _begun = new byte[MaxLine];
    private int _length;

    /// <summary>What came after the last line feed. Whether it is a whole line, only the end of the stream can tell.</summary>
    public ReadOnlySpan<byte> Unended => Trim(_begun.AsSpan(0, _length));

    /// <summary>Takes the next line off the bytes; false when no whole line is left of them, and all of them are taken.</summary>
    /// <param name="bytes">The bytes not taken yet.</param>
    /// <param name="line">The line without its end, valid until the next call.</param>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            Keep(bytes);
            bytes = default;
            line = default;
            return false;
        }

        if (_length == 0)
        {
            line = Trim(bytes[..Math.Min(end, MaxLine)]);
        }
        else
        {
            Keep(bytes[..end]);
            line = Unended;
            _length = 0;
        }

        bytes = bytes[(end + 1)..];
        return true;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var fits = bytes[..Math.Min(bytes.Length, MaxLine - _length)];
        fits.CopyTo(_begun.AsSpan(_length));
        _length += fits.Length;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.EndsWith("\r"u8) ? line[..^1] : line;
}
