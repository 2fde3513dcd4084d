using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>An immutable tree of settings. A layer put under it with <see cref="WithFallback"/> fills in what it leaves open.</summary>
public class Config
{
    public static readonly Config Empty = new(HoconParser.Parse(""));
    internal Config(HoconValue root) => Root = root;
    public virtual bool IsEmpty => Root.IsEmpty;
    public HoconValue Root { get; }
    public virtual bool HasPath(string path) => Find(Root, path) is not null;
    public HoconValue GetValue(string path) => Find(Root, path);
    public virtual Config GetConfig(string path) => Find(Root, path) is { } value ? new Config(value) : null;
    public virtual string GetString(string path, string @default = null) => Read(path, v => v.GetString(), @default);
    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, v => v.GetBoolean(), @default);
    public virtual int GetInt(string path, int @default = 0) => Read(path, v => v.GetInt(), @default);
    public virtual long GetLong(string path, long @default = 0) => Read(path, v => v.GetLong(), @default);
    public virtual double GetDouble(string path, double @default = 0) => Read(path, v => v.GetDouble(), @default);
    public virtual long? GetByteSize(string path) => Read(path, v => v.GetByteSize(), null);
    public virtual long? GetByteSize(string path, long? def = null) => Read(path, v => v.GetByteSize(), def);

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    public virtual IList<string> GetStringList(string path) => Read(path, v => v.GetStringList(), []);
    public virtual IList<int> GetIntList(string path) => Read(path, v => v.GetIntList(), []);
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject()?.Items ?? [];

    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback is null || fallback.IsEmpty) return this;
        if (IsEmpty) return fallback;
        var root = new HoconValue();
        root.Parts.Add(fallback.Root.GetObject().OverlaidWith(Root.GetObject()));
        return new Config(root);
    }

    public override string ToString() => Root.ToString();
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>Walks a dotted path; a part with dots of its own stands in quotes.</summary>
    internal static HoconValue Find(HoconValue root, string path)
    {
        var node = root;
        foreach (var key in SplitPath(path))
        {
            node = node.GetChildObject(key);
            if (node is null) return null;
        }
        return node;
    }

    private static IEnumerable<string> SplitPath(string path)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] == '"') quoted = !quoted;
            if (i < path.Length && (path[i] != '.' || quoted)) continue;
            yield return path[start..i].Trim('"');
            start = i + 1;
        }
    }

    private T Read<T>(string path, Func<HoconValue, T> get, T otherwise)
    {
        try
        {
            return Find(Root, path) is { } value ? get(value) : otherwise;
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }
}
