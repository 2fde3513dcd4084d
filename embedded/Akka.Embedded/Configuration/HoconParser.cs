namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads the HOCON that Akka.NET 1.5.30 reads, apart from substitutions, which this project's configuration may not hold. What that
/// one misreads without a word (an unclosed brace, <c>+=</c>, <c>include</c>) is refused, so that no text means two things.
/// </summary>
internal sealed class HoconParser
{
    private readonly HoconText _text;
    private HoconParser(string text) => _text = new HoconText(text);

    public static HoconValue Parse(string text)
    {
        var parser = new HoconParser(text);
        var root = new HoconValue();
        parser.Document(root);
        return root;
    }

    private void Document(HoconValue root)
    {
        _text.SkipBlanksAndComments();
        var braced = _text.Take("{");
        Fields(root, braced);
        _text.SkipBlanksAndComments();
        if (!_text.AtEnd) throw _text.Error($"'{_text.Peek}' closes nothing.");
    }

    /// <summary>The fields of an object, and its closing brace if it has an opening one.</summary>
    private void Fields(HoconValue owner, bool braced)
    {
        var unclosed = _text.Error("the brace that is opened here is never closed.");
        var target = ObjectOf(owner);
        while (true)
        {
            _text.SkipBlanksAndComments();
            if (_text.AtEnd && braced) throw unclosed;
            if (_text.AtEnd || (braced && _text.Take("}")) || (!braced && _text.LooksAt("}"))) return;
            Field(target);
        }
    }

    private void Field(HoconObject target)
    {
        var place = _text.Place;
        var key = _text.Key();
        if (key.EndsWith('+')) throw new FormatException($"{place}: += is not known here.");
        if (key == "include" && _text.LooksAt("\"")) throw new FormatException($"{place}: include is not available.");
        var value = target.GetOrAdd(key);
        _text.SkipBlanksAndComments();
        if (_text.Take("."))
        {
            _text.SkipBlanksAndComments();
            Field(ObjectOf(value));
        }
        else if (_text.Take("{"))
        {
            Fields(value, braced: true);
        }
        else if (_text.Take("=") || _text.Take(":"))
        {
            if (!value.IsObject()) value.Parts.Clear();
            Value(value);
            if (value.Parts.Count == 0) throw new FormatException($"{place}: '{key}' has no value.");
        }
        else
        {
            throw _text.Error($"'=', ':', '.' or '{{' was expected after the key '{key}'.");
        }
    }

    private void Value(HoconValue owner)
    {
        _text.SkipBlanksAndComments();
        while (Part(owner))
        {
            if (_text.SpacesOrTabs() is { Length: > 0 } blanks && !owner.IsObject()) owner.Parts.Add(blanks);
        }
        _text.Take(",");
    }

    private bool Part(HoconValue owner)
    {
        if (_text.Take("{"))
        {
            Fields(owner, braced: true);
            return true;
        }
        if (_text.Take("["))
        {
            owner.Parts.Add(Elements());
            return true;
        }
        if (_text.LooksAt("${")) throw _text.Error("substitutions are not available here; write the value itself.");
        if (_text.LooksAt("\"\"\"")) return Literal(owner, _text.TripleQuoted());
        if (_text.LooksAt("\"")) return Literal(owner, _text.Quoted());
        if (_text.Bare() is not { Length: > 0 } bare) return false;
        if (_text.Peek is '=' or ':')
            throw new ConfigurationException($"{_text.Place}: '{_text.Peek}' cannot stand in text without quotes.");
        return Literal(owner, bare);
    }

    private HoconValue[] Elements()
    {
        var unclosed = _text.Error("the bracket that is opened here is never closed.");
        var elements = new List<HoconValue>();
        while (true)
        {
            _text.SkipBlanksAndComments();
            if (_text.AtEnd) throw unclosed;
            if (_text.Take("]")) return [.. elements];
            var element = new HoconValue();
            Value(element);
            if (element.Parts.Count == 0) throw _text.Error($"'{_text.Peek}' cannot stand in an array.");
            elements.Add(element);
        }
    }

    private static bool Literal(HoconValue owner, string text)
    {
        if (owner.IsObject()) owner.Parts.Clear();
        owner.Parts.Add(text);
        return true;
    }

    private static HoconObject ObjectOf(HoconValue value)
    {
        if (value.GetObject() is { } existing) return existing;
        var created = new HoconObject();
        value.Parts.Clear();
        value.Parts.Add(created);
        return created;
    }
}
