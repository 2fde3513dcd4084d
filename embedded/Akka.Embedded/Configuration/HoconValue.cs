using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>What stands behind one key: an object, an array, or text joined from literals and substitutions.</summary>
public class HoconValue
{
    /// <summary>In the order of the text: <see cref="string"/>, <see cref="HoconSubstitution"/>, <see cref="HoconObject"/> or an array of values.</summary>
    internal readonly List<object> Parts = [];
    public bool IsEmpty => Parts.Count == 0 || Parts[0] is HoconObject { Items.Count: 0 };
    public bool IsObject() => GetObject() is not null;
    public bool IsString() => Parts.Count > 0 && Parts.All(p => p is string || (p is HoconSubstitution s && s.Target.IsString()));

    /// <summary>Akka.NET calls an empty array no array, and so does this.</summary>
    public bool IsArray() => GetArray().Count > 0;

    public HoconObject GetObject() => Parts.FirstOrDefault() switch
    {
        HoconObject o => o,
        HoconSubstitution s => s.Target?.GetObject(),
        _ => null,
    };

    public IList<HoconValue> GetArray() => Parts
        .SelectMany(p => p is HoconSubstitution s ? s.Target.GetArray() : p as HoconValue[] ?? [])
        .ToList();

    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key);

    public string GetString()
    {
        if (!IsString()) return null;
        var text = string.Concat(Parts.Select(p => p as string ?? ((HoconSubstitution)p).Target.GetString())).Trim();
        return text == "null" ? null : text;
    }

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"'{other}' is not a boolean; on, off, true and false are."),
    };

    public int GetInt() => Number(int.Parse, "whole number");
    public long GetLong() => Number(long.Parse, "whole number");
    public double GetDouble() => Number(double.Parse, "number");
    public IList<int> GetIntList() => GetArray().Select(v => v.GetInt()).ToList();
    public IList<string> GetStringList() => GetArray().Select(v => v.GetString()).ToList();
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.Duration(GetString(), allowInfinite);
    public long? GetByteSize() => HoconUnits.ByteSize(GetString());
    public override string ToString() => ToString(0);

    public virtual string ToString(int indent)
    {
        if (IsString()) return HoconObject.Quoted(GetString());
        if (GetObject() is { } o)
            return indent == 0 ? o.ToString(1) : $"{{\r\n{o.ToString(indent + 1)}{new string(' ', indent * 2)}}}";
        return IsArray() ? $"[{string.Join(",", GetArray().Select(v => v.ToString(indent + 1)))}]" : "<<unknown value>>";
    }

    private T Number<T>(Func<string, IFormatProvider, T> parse, string what)
    {
        var text = GetString();
        try
        {
            return parse(text ?? "", NumberFormatInfo.InvariantInfo);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"'{text ?? ToString()}' is not a {what} in range.", e);
        }
    }
}
