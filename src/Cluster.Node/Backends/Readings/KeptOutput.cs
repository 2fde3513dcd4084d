using System.Text;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>Bytes of a model, core or proof, as far as they are wanted and fit.</summary>
internal sealed class KeptOutput(bool wanted)
{
    /// <summary>Bytes; a larger model is cut, and says so.</summary>
    public const int MaxBytes = 64 << 20;

    private readonly MemoryStream _bytes = new();
    private bool _cut;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (!wanted)
            return;
        var fits = bytes[..(int)Math.Min(bytes.Length, MaxBytes - _bytes.Length)];
        _bytes.Write(fits);
        _cut |= fits.Length < bytes.Length;
    }

    /// <summary>
    /// The lines that the reading keeps, or null if none were wanted or kept. Costs what it is long, on the thread that all provers
    /// are read by, so it is asked for once. What is left out is given up.
    /// </summary>
    public string? Text(KeepsLine keepsLine)
    {
        var (kept, length) = (_bytes.GetBuffer(), 0);
        for (var rest = kept.AsSpan(0, (int)_bytes.Length); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (!keepsLine(line))
                continue;
            // Never beyond what was read: the text is no longer than the bytes, but for the end of its last line.
            line.CopyTo(kept.AsSpan(length));
            length += line.Length;
            if (length < kept.Length)
                kept[length] = (byte)'\n';
            length++;
        }

        var text = Encoding.UTF8.GetString(kept, 0, Math.Min(length, kept.Length)) + (length > kept.Length ? "\n" : "") + (_cut ? "(cut at 64 MiB)\n" : "");
        _bytes.SetLength(Math.Min(length, _bytes.Length));
        return text.Length == 0 ? null : text;
    }
}

/// <summary>Whether a line of an output belongs to what is kept of it.</summary>
internal delegate bool KeepsLine(ReadOnlySpan<byte> line);
