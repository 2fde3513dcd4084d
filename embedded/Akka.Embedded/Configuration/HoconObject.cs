using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Keys and their values. Look at <see cref="Items"/> to enumerate what a block holds.</summary>
public class HoconObject
{
    public Dictionary<string, HoconValue> Items { get; private init; } = [];
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);
    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
            text.Append(' ', indent * 2).Append(Quoted(key)).Append(" : ").Append(value.ToString(indent)).Append("\r\n");
        return text.ToString();
    }

    internal HoconValue GetOrAdd(string key) => Items.TryGetValue(key, out var value) ? value : Items[key] = new HoconValue();

    /// <summary>A new object with everything of this one, except where <paramref name="other"/> says otherwise.</summary>
    internal HoconObject OverlaidWith(HoconObject other)
    {
        var merged = new Dictionary<string, HoconValue>(Items);
        foreach (var (key, theirs) in other.Items)
        {
            merged[key] = theirs;
            if (!Items.TryGetValue(key, out var ours) || ours.GetObject() is not { } below || theirs.GetObject() is not { } above) continue;
            var both = new HoconValue();
            both.Parts.Add(below.OverlaidWith(above));
            merged[key] = both;
        }
        return new HoconObject { Items = merged };
    }

    internal static string Quoted(string text) =>
        text is not null && text.IndexOfAny([' ', '\t', ':']) >= 0 ? $"\"{text}\"" : text ?? "";
}
