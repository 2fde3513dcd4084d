namespace ProverCluster.Node.Configuration;

/// <summary>
/// Finds what the HOCON of Akka.NET 1.5.30 misreads without a word: a bracket that is never closed or never opened, a
/// quote without its end, and substitutions, which erase the value below when they find nothing.
/// </summary>
internal static class HoconBrackets
{
    public static void Check(string file, string hocon)
    {
        var open = new Stack<(char Bracket, int Line)>();
        var line = 1;
        for (var i = 0; i < hocon.Length; i++)
        {
            switch (hocon[i])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when hocon.AsSpan(i).StartsWith("//"):
                    i = EndOfLine(hocon, i) - 1;
                    break;
                case '"':
                    var end = EndOfQuote(hocon, i);
                    if (end < 0) throw Refuse(file, line, "the quote that begins here is never closed");
                    line += hocon.AsSpan(i, end - i).Count('\n');
                    i = end - 1;
                    break;
                case '$' when hocon.AsSpan(i).StartsWith("${"):
                    throw Refuse(file, line, "substitutions are not available here; write the value itself");
                case '{' or '[':
                    open.Push((hocon[i], line));
                    break;
                case '}' or ']':
                    if (!open.TryPop(out var opened) || (opened.Bracket == '{') != (hocon[i] == '}'))
                        throw Refuse(file, line, $"'{hocon[i]}' closes nothing");
                    break;
            }
        }
        if (open.TryPop(out var unclosed)) throw Refuse(file, unclosed.Line, $"the '{unclosed.Bracket}' that stands here is never closed");
    }

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private static int EndOfQuote(string text, int from)
    {
        if (text.AsSpan(from).StartsWith("\"\"\""))
            return text.IndexOf("\"\"\"", from + 3, StringComparison.Ordinal) is >= 0 and var triple ? triple + 3 : -1;
        for (var i = from + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }
        return -1;
    }

    private static SettingsException Refuse(string file, int line, string what) => new($"{Excerpt.Visible(file)}: line {line}: {what}");
}
