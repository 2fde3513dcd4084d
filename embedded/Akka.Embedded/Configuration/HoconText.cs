using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>The characters of a HOCON text with a position: blanks, comments, names and literals, and where an error is.</summary>
internal sealed class HoconText(string text)
{
    private const string NeverBare = "$\"{}[]:=,#`^?!@*&\\";
    private int _at;
    public bool AtEnd => _at >= text.Length;
    public char Peek => AtEnd ? '\0' : text[_at];

    public string Place
    {
        get
        {
            var before = text.AsSpan(0, Math.Min(_at, text.Length));
            return $"line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}";
        }
    }

    private bool AtComment => Peek == '#' || LooksAt("//");
    public FormatException Error(string what) => new($"{Place}: {what}");
    public bool LooksAt(string pattern) => text.AsSpan(Math.Min(_at, text.Length)).StartsWith(pattern);

    public bool Take(string pattern)
    {
        if (!LooksAt(pattern)) return false;
        _at += pattern.Length;
        return true;
    }

    public void SkipBlanksAndComments()
    {
        while (!AtEnd && (char.IsWhiteSpace(Peek) || AtComment))
        {
            if (AtComment) while (!AtEnd && Peek != '\n') _at++;
            else _at++;
        }
    }

    public string SpacesOrTabs()
    {
        var start = _at;
        while (Peek is ' ' or '\t') _at++;
        return text[start.._at];
    }

    public string Key()
    {
        if (Peek == '"') return Quoted();
        var start = _at;
        while (!AtEnd && !AtComment && Peek != '.' && !NeverBare.Contains(Peek)) _at++;
        var key = text[start.._at].Trim();
        if (key == "") throw Error($"a key was expected, not '{Peek}'.");
        return key;
    }

    /// <summary>Unquoted text up to a blank, a comment or a character with a meaning; empty when there is none.</summary>
    public string Bare()
    {
        var start = _at;
        while (!AtEnd && !char.IsWhiteSpace(Peek) && !AtComment && !NeverBare.Contains(Peek)) _at++;
        return text[start.._at];
    }

    public string TripleQuoted()
    {
        _at += 3;
        var end = text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        if (end < 0) throw Error("the text that three quotes open here is never closed.");
        var inside = text[_at..end];
        _at = end + 3;
        return inside;
    }

    public string Quoted()
    {
        var opened = Error("the text that a quote opens here is never closed.");
        var result = new StringBuilder();
        for (_at++; !AtEnd && Peek != '"'; _at++)
            result.Append(Peek == '\\' ? Escaped() : Peek);
        if (AtEnd) throw opened;
        _at++;
        return result.ToString();
    }

    private char Escaped()
    {
        _at++;
        switch (Peek)
        {
            case '"' or '\\' or '/': return Peek;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 < text.Length && ushort.TryParse(text.AsSpan(_at + 1, 4), System.Globalization.NumberStyles.HexNumber, null, out var code):
                _at += 4;
                return (char)code;
            default: throw Error($"'\\{Peek}' is no escape.");
        }
    }
}
