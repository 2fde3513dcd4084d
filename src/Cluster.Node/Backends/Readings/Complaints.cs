using System.Text;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>What lines say besides a verdict: that the text is malformed, or that time or memory ran out.</summary>
internal sealed class Complaints(ReadingRules rules)
{
    /// <summary>Characters of a prover's message that are quoted: it can itself quote a file.</summary>
    public const int QuoteLength = 500;

    /// <summary>Provers complain at once: later lines of standard output are a search's, and there can be millions.</summary>
    private const int StdoutLines = 2_000, StderrLines = 100_000;

    private int _stdoutLines;
    private int _stderrLines;

    /// <summary>The first line that calls the text malformed in the words of the entry, or null.</summary>
    public string? Malformed { get; private set; }

    /// <summary>Why it decided nothing, if it said so.</summary>
    public SzsStatus? Status { get; private set; }

    public static string Quote(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.Length <= QuoteLength ? text : text[..QuoteLength];
    }

    public void Stdout(ReadOnlySpan<byte> line)
    {
        if (_stdoutLines++ < StdoutLines)
            Look(line);
    }

    public void Stderr(ReadOnlySpan<byte> line)
    {
        if (_stderrLines++ < StderrLines)
            Look(line);
    }

    /// <summary>Time and memory only, for a line that may call a harmless command malformed.</summary>
    public void LookForLimits(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("out of memory"u8) >= 0 || line.IndexOf("Out of memory"u8) >= 0 || line.IndexOf("bad_alloc"u8) >= 0 || line.IndexOf("memout"u8) >= 0)
            Status ??= SzsStatus.MemoryOut;
        else if (line.IndexOf("timeout"u8) >= 0 || line.IndexOf("out of time"u8) >= 0)
            Status ??= SzsStatus.Timeout;
        else if (line.IndexOf("resourceout"u8) >= 0)
            Status ??= SzsStatus.ResourceOut;
    }

    private void Look(ReadOnlySpan<byte> line)
    {
        LookForLimits(line);
        if (Malformed is not null || rules.Malformed.Count == 0 || line.IsEmpty)
            return;
        var text = Encoding.UTF8.GetString(line);
        if (rules.Malformed.Any(pattern => pattern.IsMatch(text)))
            Malformed = text.Length <= QuoteLength ? text : text[..QuoteLength];
    }
}
