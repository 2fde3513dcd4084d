using System.Globalization;
using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>A propositional model as the SAT competitions write it: z3 leaves out the 0 at its end, minisat the letter at its beginning.</summary>
public static class DimacsModel
{
    private const int MaxLine = 78;

    /// <summary>Lines of <c>v</c> and literals, the last one ending in 0; the text as it is if it holds anything but literals.</summary>
    public static string Lines(string text)
    {
        var (lines, column, isClosed) = (new StringBuilder(), 0, false);
        // Word by word: of a long model a list of its words would be many times as large.
        for (var rest = text.AsSpan().TrimStart(); !rest.IsEmpty; rest = rest.TrimStart())
        {
            var word = rest[..Length(rest)];
            rest = rest[word.Length..];
            if (word is "v") continue;
            if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return text;
            Add(word);
            isClosed = word is "0";
        }

        if (!isClosed) Add("0");
        return lines.Append('\n').ToString();

        void Add(ReadOnlySpan<char> literal)
        {
            if (column + 1 + literal.Length > MaxLine) column = 0;
            if (column == 0)
            {
                lines.Append(lines.Length == 0 ? "v" : "\nv");
                column = 1;
            }

            lines.Append(' ').Append(literal);
            column += 1 + literal.Length;
        }
    }

    /// <summary>Of the word at its beginning.</summary>
    private static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !char.IsWhiteSpace(text[length])) length++;
        return length;
    }
}
