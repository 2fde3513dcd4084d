using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>The names an include selects, and those of them that were met.</summary>
internal sealed class TptpSelection
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _met = [];
    private TptpSelection? _outer;

    private TptpSelection(HashSet<string> names) => _names = names;

    /// <summary>Reads <c>[a, 'b', 3]</c>; nothing, or a star, selects everything and is null.</summary>
    public static bool TryRead(ReadOnlySpan<byte> list, out TptpSelection? selection)
    {
        selection = null;
        if (list.IsEmpty || list.SequenceEqual("*"u8))
            return true;
        if (list[0] != '[' || list[^1] != ']' || list.Length < 2)
            return false;
        var names = new HashSet<string>();
        for (var rest = list[1..^1]; ;)
        {
            var length = NameLength(rest);
            var name = rest[..length].Trim(" \t\r\n"u8);
            if (name.IsEmpty || name.IndexOfAny("[]()%#"u8) >= 0 && name[0] != '\'')
                return false;
            names.Add(Text(name));
            if (length == rest.Length)
                break;
            rest = rest[(length + 1)..];
        }

        selection = new TptpSelection(names);
        return true;
    }

    /// <summary>This selection of a file that is itself included with a selection.</summary>
    public TptpSelection Within(TptpSelection? outer)
    {
        _outer = outer;
        return this;
    }

    public bool Selects(ReadOnlySpan<byte> name)
    {
        var text = Text(name);
        if (!_names.Contains(text))
            return false;
        _met.Add(text);
        return _outer?.Selects(name) ?? true;
    }

    /// <summary>A selected name that the file does not have, for a sentence; null if it has all.</summary>
    public string? Missing() => _names.FirstOrDefault(name => !_met.Contains(name)) is { } name ? GoalText.Quote(Encoding.UTF8.GetBytes(name)) : null;

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(TptpItem.Unquote(name));

    private static int NameLength(ReadOnlySpan<byte> rest)
    {
        var quoted = false;
        for (var index = 0; index < rest.Length; index++)
        {
            if (quoted && rest[index] == '\\')
                index++;
            else if (rest[index] == '\'')
                quoted = !quoted;
            else if (rest[index] == ',' && !quoted)
                return index;
        }

        return rest.Length;
    }
}
