using System.Text;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>Bytes of a model, core or proof, as far as they are wanted and fit.</summary>
internal sealed class KeptOutput(bool wanted)
{
    /// <summary>Bytes; a larger model is cut, and says so.</summary>
    public const int MaxBytes = 64 << 20;

    private readonly MemoryStream _bytes = new();
    private bool _cut;

    public bool Wanted => wanted;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (!wanted)
            return;
        var fits = bytes[..(int)Math.Min(bytes.Length, MaxBytes - _bytes.Length)];
        _bytes.Write(fits);
        _cut |= fits.Length < bytes.Length;
    }

    /// <summary>The lines that the reading keeps, or null if none were wanted or kept.</summary>
    public string? Text(Func<string, bool> keepsLine)
    {
        if (!wanted)
            return null;
        var text = new StringBuilder();
        var reader = new StringReader(Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length));
        while (reader.ReadLine() is { } line)
        {
            if (keepsLine(line))
                text.Append(line).Append('\n');
        }

        if (_cut)
            text.Append("(cut at 64 MiB)\n");
        return text.Length == 0 ? null : text.ToString();
    }
}
