using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations, with exactly the unit names that Akka.NET 1.5.30 reads.</summary>
internal static class HoconDuration
{
    private static readonly Dictionary<string, double> Milliseconds = Table(
        ("nanoseconds nanosecond nanos nano ns", 1e-6),
        ("microseconds microsecond micros micro", 1e-3),
        ("milliseconds millisecond millis milli ms", 1),
        ("seconds second s", 1e3),
        ("minutes minute m", 60e3),
        ("hours hour h", 3600e3),
        ("days day d", 86400e3));

    public static TimeSpan Parse(string text, bool allowInfinite)
    {
        text ??= "";
        if (allowInfinite && text.Equals("infinite", StringComparison.OrdinalIgnoreCase)) return Timeout.InfiniteTimeSpan;
        var end = text.LastIndexOfAny("0123456789".ToCharArray()) + 1;
        if (!double.TryParse(text[..end].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value < 0)
            throw new FormatException($"'{text}' is not a duration; a positive number with a unit such as ms, s or minutes is.");
        // A bare number is milliseconds, as the HOCON specification wants.
        var unit = text[end..].Trim();
        if (!Milliseconds.TryGetValue(unit == "" ? "ms" : unit, out var factor))
            throw new FormatException($"'{unit}' in '{text}' is not a unit of time.");
        return TimeSpan.FromTicks((long)Math.Round(value * factor * TimeSpan.TicksPerMillisecond));
    }

    private static Dictionary<string, double> Table(params (string Names, double Factor)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => (n, r.Factor))).ToDictionary(p => p.n, p => p.Factor);
}
