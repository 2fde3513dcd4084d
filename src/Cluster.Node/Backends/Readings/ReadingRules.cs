using System.Text.RegularExpressions;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>The dialects of output.</summary>
internal enum ReadingKind
{
    SmtLib2,
    Szs,
    Dimacs,

    /// <summary>Two patterns of the entry's own.</summary>
    Patterns,
}

internal static class ReadingKinds
{
    public static ReadingKind Kind(this BackendReading reading) => reading switch
    {
        BackendReading.SmtLib2 => ReadingKind.SmtLib2,
        BackendReading.Szs => ReadingKind.Szs,
        BackendReading.Dimacs => ReadingKind.Dimacs,
        BackendReading.Patterns => ReadingKind.Patterns,
        _ => throw new ArgumentOutOfRangeException(nameof(reading), reading, "no such reading"),
    };
}

/// <summary>What a backend's entry says of its output.</summary>
/// <param name="Backend">Its name, for sentences.</param>
/// <param name="AcceptedExits">The exit values of a run that is no error.</param>
/// <param name="Malformed">What it says of a text that is no goal; see <see cref="WithinLine"/>.</param>
/// <param name="Proved">For <see cref="ReadingKind.Patterns"/>; see <see cref="WholeLine"/>.</param>
/// <param name="Refuted">For <see cref="ReadingKind.Patterns"/>; see <see cref="WholeLine"/>.</param>
internal sealed record ReadingRules(string Backend, IReadOnlyList<int> AcceptedExits, IReadOnlyList<Regex> Malformed, Regex? Proved = null, Regex? Refuted = null)
{
    // Neither backtracks: what a hostile goal makes a prover print must not cost more than its length.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static ReadingRules Of(Backend backend)
    {
        var patterns = backend.Reading as BackendReading.Patterns;
        return new ReadingRules(
            backend.Name.Value,
            backend.AcceptedExits,
            [.. backend.Malformed.Select(WithinLine)],
            patterns?.Proved is { } proved ? WholeLine(proved) : null,
            patterns?.Refuted is { } refuted ? WholeLine(refuted) : null);
    }

    /// <summary>A pattern that must match all of a line, so that <c>sat</c> is not found in <c>unsat</c>.</summary>
    /// <exception cref="ArgumentException">It is no pattern, or one that would have to backtrack.</exception>
    public static Regex WholeLine(string pattern) => New($@"\A(?:{pattern})\z", pattern);

    /// <summary>A pattern that may match anywhere in a line.</summary>
    /// <exception cref="ArgumentException">It is no pattern, or one that would have to backtrack.</exception>
    public static Regex WithinLine(string pattern) => New(pattern, pattern);

    private static Regex New(string wrapped, string pattern)
    {
        try
        {
            _ = new Regex(pattern, Options);
            return new Regex(wrapped, Options);
        }
        catch (NotSupportedException unsupported)
        {
            throw new ArgumentException($"'{pattern}' is not a pattern that can be matched in linear time: {unsupported.Message}", nameof(pattern), unsupported);
        }
    }
}
