using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>An immutable tree of settings. A layer put under it with <see cref="WithFallback"/> fills in what it leaves open.</summary>
public class Config
{
    internal static readonly Config Empty = new(HoconParser.Parse(""));
    internal Config(HoconValue root) => Root = root;
    public virtual bool IsEmpty => Root.IsEmpty;
    public HoconValue Root { get; }
    public virtual bool HasPath(string path) => GetValue(path) is not null;
    public virtual Config GetConfig(string path) => GetValue(path) is { } value ? new Config(value) : null;
    public virtual string GetString(string path, string @default = null) => Read(path, v => v.GetString(), @default);
    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, v => v.GetBoolean(), @default);
    public virtual int GetInt(string path, int @default = 0) => Read(path, v => v.GetInt(), @default);
    public virtual double GetDouble(string path, double @default = 0) => Read(path, v => v.GetDouble(), @default);

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    public virtual IList<string> GetStringList(string path) => Read(path, v => v.GetStringList(), []);

    /// <summary>Walks a dotted path; a part with dots of its own stands in quotes.</summary>
    public HoconValue GetValue(string path)
    {
        var node = Root;
        foreach (var key in SplitPath(path))
        {
            node = node.GetChildObject(key);
            if (node is null) return null;
        }
        return node;
    }

    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback is null || fallback.IsEmpty) return this;
        if (IsEmpty) return fallback;
        var root = new HoconValue();
        root.Parts.Add(fallback.Root.GetObject().OverlaidWith(Root.GetObject()));
        return new Config(root);
    }

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

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
            return GetValue(path) is { } value ? get(value) : otherwise;
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }
}

public class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <exception cref="FormatException">The text is no HOCON; the message says where.</exception>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon));

    /// <summary>The settings of the runtime itself, which lie below everything that a system is given.</summary>
    public static Config Default()
    {
        using var stream = typeof(ConfigurationFactory).Assembly.GetManifestResourceStream("Akka.Embedded.reference.conf");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}

public class ConfigurationException(string message) : AkkaException(message);
