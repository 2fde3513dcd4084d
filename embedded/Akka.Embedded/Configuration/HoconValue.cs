using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>What stands behind one key: an object, an array, or text joined from literals.</summary>
public class HoconValue
{
    /// <summary>In the order of the text: <see cref="string"/>, <see cref="HoconObject"/> or an array of values.</summary>
    internal readonly List<object> Parts = [];
    public bool IsEmpty => Parts.Count == 0 || Parts[0] is HoconObject { Items.Count: 0 };
    public bool IsObject() => GetObject() is not null;
    public bool IsString() => Parts.Count > 0 && Parts.TrueForAll(p => p is string);
    public HoconObject GetObject() => Parts.FirstOrDefault() as HoconObject;
    public IList<HoconValue> GetArray() => Parts.OfType<HoconValue[]>().SelectMany(a => a).ToList();
    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key);

    public string GetString()
    {
        if (!IsString()) return null;
        var text = string.Concat(Parts).Trim();
        return text == "null" ? null : text;
    }

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"'{other}' is not a boolean; on, off, true and false are."),
    };

    public int GetInt() => Number(int.Parse, "whole number");
    public double GetDouble() => Number(double.Parse, "number");
    public IList<string> GetStringList() => GetArray().Select(v => v.GetString()).ToList();
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconDuration.Parse(GetString(), allowInfinite);

    private T Number<T>(Func<string, IFormatProvider, T> parse, string what)
    {
        var text = GetString();
        try
        {
            return parse(text ?? "", NumberFormatInfo.InvariantInfo);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"'{text ?? "null"}' is not a {what} in range.", e);
        }
    }
}

/// <summary>Keys and their values. Look at <see cref="Items"/> to enumerate what a block holds.</summary>
public class HoconObject
{
    public Dictionary<string, HoconValue> Items { get; private init; } = [];
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);
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
}
