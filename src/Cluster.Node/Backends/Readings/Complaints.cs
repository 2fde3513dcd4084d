using System.Text;
using ProverCluster.Messages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>What lines say besides a verdict: that the text is malformed, or that time or memory ran out.</summary>
internal sealed class Complaints(ReadingRules rules)
{
    /// <summary>Characters of a prover's message that are quoted: it can itself quote a file.</summary>
    public const int QuoteLength = WordLimits.Prover;

    /// <summary>Provers complain at once: later lines of standard output are a search's, and there can be millions.</summary>
    private const int StdoutLines = 2_000, StderrLines = 100_000;

    private static readonly string[] MemoryWords = ["out of memory", "bad_alloc", "memout", "memory error"];
    private static readonly string[] TimeWords = ["timeout", "out of time", "time limit"];

    private int _stdoutLines;
    private int _stderrLines;

    /// <summary>The first line that calls the text malformed in the words of the entry, or null.</summary>
    public string? Malformed { get; private set; }

    /// <summary>Why it decided nothing, if it said so.</summary>
    public SzsStatus? Status { get; private set; }

    public static string Quote(ReadOnlySpan<byte> line) => WordLimits.Cut(Encoding.UTF8.GetString(line), QuoteLength);

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
    public void LookForLimits(ReadOnlySpan<byte> line) => LookForLimits(Encoding.UTF8.GetString(line));

    private void LookForLimits(string line)
    {
        if (Status is not null)
            return;
        if (MemoryWords.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase)))
            Status = SzsStatus.MemoryOut;
        else if (TimeWords.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase)))
            Status = SzsStatus.Timeout;
        else if (line.Contains("resourceout", StringComparison.OrdinalIgnoreCase) || line.Contains("max. resource limit", StringComparison.Ordinal))
            Status = SzsStatus.ResourceOut;
    }

    private void Look(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return;
        var text = Encoding.UTF8.GetString(line);
        LookForLimits(text);
        if (Malformed is null && rules.Malformed.Any(pattern => pattern.IsMatch(text)))
            Malformed = WordLimits.Cut(text, QuoteLength);
    }
}
