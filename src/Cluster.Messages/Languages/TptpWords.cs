using System.Buffers;
using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>
/// What formulas are made of, as far as provers differ about it: numbers, "distinct objects" and $words have a meaning that
/// not all of them know, and what has no meaning to a prover can be anything in its models.
/// </summary>
internal sealed class TptpWords
{
    private static readonly SearchValues<byte> Interesting = SearchValues.Create("$'\"%#/0123456789"u8);
    private static readonly SearchValues<byte> Word = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);
    private static readonly SearchValues<byte> LineEnd = SearchValues.Create("\n"u8);

    private static readonly HashSet<string> Common =
    [
        "true", "false", "i", "o", "iType", "oType", "tType", "int", "rat", "real", "distinct",
        "less", "lesseq", "greater", "greatereq", "sum", "difference", "product", "uminus", "quotient", "quotient_e", "quotient_t", "quotient_f",
        "remainder_e", "remainder_t", "remainder_f", "floor", "ceiling", "truncate", "round", "is_int", "is_rat", "to_int", "to_rat", "to_real",
    ];

    // These begin an item of a file, and some provers know them nowhere else.
    private static readonly HashSet<string> Reserved = ["cnf", "fof", "tff", "thf", "tcf", "tpi", "include"];

    /// <summary>True if there are numbers, distinct objects, or $words other than $true and $false.</summary>
    public bool HasInterpreted { get; private set; }

    /// <summary>A $word that is not of TPTP's common vocabulary, or null.</summary>
    public string? Uncommon { get; private set; }

    /// <summary>Where quotes are that change nothing: <c>'p'</c> is p, but not to every prover.</summary>
    public List<int> NeedlessQuotes { get; } = [];

    /// <param name="text">The whole problem, well formed.</param>
    /// <param name="formula">Where in it the formula is.</param>
    public void Look(ReadOnlySpan<byte> text, Range formula)
    {
        var (start, length) = formula.GetOffsetAndLength(text.Length);
        var end = start + length;
        for (var at = start; at < end && text[at..end].IndexOfAny(Interesting) is >= 0 and var offset;)
        {
            at += offset;
            at = text[at] switch
            {
                (byte)'$' => Dollar(text, at),
                (byte)'\'' or (byte)'"' => Quoted(text, at),
                (byte)'%' or (byte)'#' => at + Skip(text[at..end], LineEnd),
                (byte)'/' => Slash(text, at),
                _ => Digit(text, at, start),
            };
        }
    }

    private int Dollar(ReadOnlySpan<byte> text, int at)
    {
        var word = Encoding.ASCII.GetString(text.Slice(at + 1, Length(text[(at + 1)..])));
        HasInterpreted |= word is not ("true" or "false");
        if (!Common.Contains(word))
            Uncommon ??= "$" + word;
        return at + 1 + word.Length;
    }

    private int Quoted(ReadOnlySpan<byte> text, int at)
    {
        var end = at + 1;
        while (text[end] != text[at])
            end += text[end] == '\\' ? 2 : 1;
        HasInterpreted |= text[at] == '"';
        var inside = text[(at + 1)..end];
        if (text[at] == '\'' && !inside.IsEmpty && inside[0] is >= (byte)'a' and <= (byte)'z' && Length(inside) == inside.Length
            && (inside.Length > 7 || !Reserved.Contains(Encoding.ASCII.GetString(inside))))
        {
            NeedlessQuotes.Add(at);
            NeedlessQuotes.Add(end);
        }

        return end + 1;
    }

    private static int Slash(ReadOnlySpan<byte> text, int at) =>
        text[at + 1] == '*' ? at + 2 + text[(at + 2)..].IndexOf("*/"u8) + 2 : at + 1;

    private int Digit(ReadOnlySpan<byte> text, int at, int start)
    {
        HasInterpreted |= at == start || !Word.Contains(text[at - 1]);
        return at + Length(text[at..]);
    }

    private static int Length(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Word) is >= 0 and var length ? length : text.Length;

    private static int Skip(ReadOnlySpan<byte> text, SearchValues<byte> until) => text.IndexOfAny(until) is >= 0 and var length ? length : text.Length;
}
