using System.Globalization;
using System.Text;

namespace ProverCluster.Messages;

/// <summary>Makes what somebody else wrote fit to be shown: nothing in it that a terminal obeys, or that only looks like something else.</summary>
public static class VisibleText
{
    /// <summary>The text with every character that is not simply seen written as an escape; <paramref name="keepLines"/> leaves line ends and tabs.</summary>
    public static string Of(string text, bool keepLines = false)
    {
        var first = 0;
        while (first < text.Length && !IsHidden(text, first, keepLines))
            first++;
        if (first == text.Length)
            return text;

        var visible = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (IsHidden(text, i, keepLines))
                visible.Append(Escape(text[i]));
            else
                visible.Append(text[i]);
        }

        return visible.ToString();
    }

    private static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < (char)0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    // Format characters too: they turn the direction of text, and so make one name look like another.
    private static bool IsHidden(string text, int index, bool keepLines)
    {
        var c = text[index];
        if (c is >= ' ' and < (char)0x7f)
            return false;
        if (keepLines && c is '\n' or '\t')
            return false;
        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format => true,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Surrogate => !IsPaired(text, index) || IsHiddenPair(text, index),
            _ => false,
        };
    }

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);

    private static bool IsHiddenPair(string text, int index) =>
        CharUnicodeInfo.GetUnicodeCategory(text, char.IsHighSurrogate(text[index]) ? index : index - 1) == UnicodeCategory.Format;
}
