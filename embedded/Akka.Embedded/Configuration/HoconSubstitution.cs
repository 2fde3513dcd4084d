namespace Akka.Configuration.Hocon;

/// <summary>A <c>${path}</c>, bound to the value at that path once the whole text has been read.</summary>
internal sealed class HoconSubstitution(string path, string place)
{
    public string Path { get; } = path;

    /// <summary>Line and column, for the message when nothing is found.</summary>
    public string Place { get; } = place;
    public HoconValue Target { get; private set; }

    public void Bind(HoconValue root)
    {
        Target = Config.Find(root, Path) ?? throw new FormatException($"{Place}: nothing is set at ${{{Path}}}.");
    }

    /// <summary>Akka.NET overflows the stack on a circle, which no caller can catch.</summary>
    public void RefuseCircle(HashSet<HoconSubstitution> above)
    {
        if (!above.Add(this)) throw new FormatException($"{Place}: ${{{Path}}} leads back to itself.");
        Visit(Target, above);
        above.Remove(this);
    }

    private static void Visit(HoconValue value, HashSet<HoconSubstitution> above)
    {
        foreach (var part in value.Parts)
        {
            var inside = part switch
            {
                HoconObject o => o.Items.Values,
                HoconValue[] array => array,
                _ => Enumerable.Empty<HoconValue>(),
            };
            if (part is HoconSubstitution next) next.RefuseCircle(above);
            foreach (var child in inside) Visit(child, above);
        }
    }
}
