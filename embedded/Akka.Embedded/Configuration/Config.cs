using System.Globalization;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>An immutable tree of settings. A layer put under it with <see cref="WithFallback"/> fills in what it leaves open.</summary>
public class Config
{
    internal static readonly Config Empty = new(new HoconValue { Content = new HoconObject() });
    internal Config(HoconValue root) => Root = root;
    public HoconValue Root { get; }
    public virtual bool HasPath(string path) => GetValue(path) is not null;
    public virtual Config GetConfig(string path) => GetValue(path) is { } value ? new Config(value) : null;
    public virtual string GetString(string path, string @default = null) => GetValue(path) is { } value ? value.GetString() : @default;
    public virtual IList<string> GetStringList(string path) => GetValue(path)?.GetArray().Select(v => v.GetString()).ToList() ?? [];
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null) =>
        GetValue(path) is { } value ? Duration(path, value.GetString() ?? "") : @default.GetValueOrDefault();

    /// <summary>Walks a dotted path.</summary>
    public HoconValue GetValue(string path) => path.Split('.').Aggregate(Root, (node, key) => node?.GetObject()?.GetKey(key));

    public virtual Config WithFallback(Config fallback) => new(new HoconValue { Content = fallback.Root.GetObject().OverlaidWith(Root.GetObject()) });
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);
    internal int GetInt(string path) => (int)GetDouble(path);
    internal double GetDouble(string path) => double.Parse(GetString(path), CultureInfo.InvariantCulture);

    /// <summary>With the names that Akka.NET has for the units; a number without one is milliseconds, as the HOCON specification wants.</summary>
    private static TimeSpan Duration(string path, string text)
    {
        if (text.Equals("infinite", StringComparison.OrdinalIgnoreCase)) return Timeout.InfiniteTimeSpan;
        var end = text.LastIndexOfAny([.. "0123456789"]) + 1;
        double milliseconds = text[end..].Trim() switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 1e-6,
            "micro" or "micros" or "microsecond" or "microseconds" => 1e-3,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => 1,
            "s" or "second" or "seconds" => 1e3,
            "m" or "minute" or "minutes" => 60e3,
            "h" or "hour" or "hours" => 3600e3,
            "d" or "day" or "days" => 86400e3,
            var unit => throw new FormatException($"{path}: '{unit}' in '{text}' is not a unit of time."),
        };
        if (!double.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value < 0)
            throw new FormatException($"{path}: '{text}' is not a duration; a positive number with a unit such as ms, s or minutes is.");
        return TimeSpan.FromTicks((long)Math.Round(value * milliseconds * TimeSpan.TicksPerMillisecond));
    }
}

public class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <exception cref="FormatException">The text is no HOCON; the message says where.</exception>
    public static Config ParseString(string hocon) => new(new HoconValue { Content = HoconParser.Parse(hocon) });

    /// <summary>The settings of the runtime itself, which lie below everything that a system is given.</summary>
    public static Config Default()
    {
        using var stream = typeof(ConfigurationFactory).Assembly.GetManifestResourceStream("Akka.Embedded.reference.conf");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}

public class ConfigurationException(string message) : Exception(message);
