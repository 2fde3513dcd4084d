using System.Text;
using System.Text.RegularExpressions;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads the part of HOCON that this project's configuration may hold. What Akka.NET 1.5.30 misreads without a word (an unclosed brace, <c>include</c>) is refused, so
/// that no text means two things.
/// </summary>
internal sealed class HoconParser(string text)
{
    /// <summary>What has a meaning, or may be given one, so it stands in quotes only.</summary>
    private const string NeverBare = "$\"{}[]:=,#`^?!@*&\\";
    private int _at;
    private bool AtEnd => _at >= text.Length;
    private bool AtComment => LooksAt("#") || LooksAt("//");

    public static HoconObject Parse(string text)
    {
        var (parser, root) = (new HoconParser(text), new HoconObject());
        parser.SkipBlanksAndComments();
        parser.Fields(root, parser.Take("{"));
        parser.SkipBlanksAndComments();
        return parser.AtEnd ? root : throw parser.Error("it goes on behind its end.");
    }

    /// <summary>The fields of an object, and its closing brace if it has an opening one.</summary>
    private void Fields(HoconObject target, bool braced)
    {
        while (true)
        {
            SkipBlanksAndComments();
            if (braced ? Take("}") : AtEnd) return;
            Field(target);
        }
    }

    private void Field(HoconObject target)
    {
        var value = target.GetOrAdd(Key());
        SkipBlanksAndComments();
        if (Take(".")) Field(value.BecomeObject());
        else if (Take("{")) Fields(value.BecomeObject(), braced: true);
        else if (Take("=") || Take(":")) Value(value);
        else throw Error("'=', ':', '.' or '{' was expected after a key.");
    }

    private string Key()
    {
        if (LooksAt("\"")) return Quoted();
        var key = Bare(".").Trim();
        return key != "" ? key : throw Error("a key was expected.");
    }

    private void Value(HoconValue owner)
    {
        SkipBlanksAndComments();
        if (Take("{")) Fields(owner.BecomeObject(), braced: true);
        else owner.Content = Take("[") ? Elements() : Text();
        Take(",");
    }

    private List<HoconValue> Elements()
    {
        var elements = new List<HoconValue>();
        while (true)
        {
            SkipBlanksAndComments();
            if (Take("]")) return elements;
            var element = new HoconValue();
            Value(element);
            elements.Add(element);
        }
    }

    /// <summary>Literals in one line, with and without quotes, joined with the blanks between them.</summary>
    private string Text()
    {
        var (start, result) = (_at, new StringBuilder());
        while (true)
        {
            var before = _at;
            result.Append(LooksAt("\"\"\"") ? TripleQuoted() : LooksAt("\"") ? Quoted() : Bare("\n"));
            if (_at == before) break;
        }
        if (LooksAt("=") || LooksAt(":")) throw new ConfigurationException(Error($"'{text[_at]}' cannot stand in text without quotes.").Message);
        return _at > start ? result.ToString().Trim() : throw Error("a value was expected.");
    }

    /// <summary>Up to a comment or a character with a meaning.</summary>
    private string Bare(string end)
    {
        var start = _at;
        while (!AtEnd && !AtComment && !end.Contains(text[_at]) && !NeverBare.Contains(text[_at])) _at++;
        return text[start.._at];
    }

    private string TripleQuoted()
    {
        var end = text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
        if (end < 0) throw Error("the text that three quotes open here is never closed.");
        var inside = text[(_at + 3)..end];
        _at = end + 3;
        return inside;
    }

    private string Quoted()
    {
        var start = ++_at;
        while (!AtEnd && text[_at] != '"') _at += text[_at] == '\\' ? 2 : 1;
        if (AtEnd) throw Error("the text that a quote opens is never closed.");
        try
        {
            return Regex.Unescape(text[start.._at++]);
        }
        catch (ArgumentException e)
        {
            throw Error(e.Message);
        }
    }

    private void SkipBlanksAndComments()
    {
        while (!AtEnd && (char.IsWhiteSpace(text[_at]) || AtComment))
        {
            if (AtComment) _at = text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;
            else _at++;
        }
    }

    private bool LooksAt(string pattern) => text.AsSpan(Math.Min(_at, text.Length)).StartsWith(pattern);

    private bool Take(string pattern)
    {
        if (!LooksAt(pattern)) return false;
        _at += pattern.Length;
        return true;
    }

    private FormatException Error(string what) => new($"line {text.AsSpan(0, Math.Min(_at, text.Length)).Count('\n') + 1}: {what}");
}
