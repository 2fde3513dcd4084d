using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations and sizes, with exactly the unit names that Akka.NET 1.5.30 reads.</summary>
internal static class HoconUnits
{
    private static readonly Dictionary<string, double> Milliseconds = Table<double>(
        ("nanoseconds nanosecond nanos nano ns", 1e-6),
        ("microseconds microsecond micros micro", 1e-3),
        ("milliseconds millisecond millis milli ms", 1),
        ("seconds second s", 1e3),
        ("minutes minute m", 60e3),
        ("hours hour h", 3600e3),
        ("days day d", 86400e3));

    private static readonly Dictionary<string, long> Bytes = Table(
        ("b B byte bytes", 1L),
        ("kB kilobyte kilobytes", 1000L), ("K k Ki KiB kibibyte kibibytes", 1L << 10),
        ("MB megabyte megabytes", 1000_000L), ("M m Mi MiB mebibyte mebibytes", 1L << 20),
        ("GB gigabyte gigabytes", 1000_000_000L), ("G g Gi GiB gibibyte gibibytes", 1L << 30),
        ("TB terabyte terabytes", 1000_000_000_000L), ("T t Ti TiB tebibyte tebibytes", 1L << 40),
        ("PB petabyte petabytes", 1000_000_000_000_000L), ("P p Pi PiB pebibyte pebibytes", 1L << 50),
        ("EB exabyte exabytes", 1000_000_000_000_000_000L), ("E e Ei EiB exbibyte exbibytes", 1L << 60));

    public static TimeSpan Duration(string text, bool allowInfinite)
    {
        if (allowInfinite && string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase)) return Timeout.InfiniteTimeSpan;
        var (number, unit) = Split(text);
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value < 0)
            throw new FormatException($"'{text}' is not a duration; a positive number with a unit such as ms, s or minutes is.");
        // A bare number is milliseconds, as the HOCON specification wants.
        if (!Milliseconds.TryGetValue(unit == "" ? "ms" : unit, out var factor))
            throw new FormatException($"'{unit}' in '{text}' is not a unit of time.");
        return TimeSpan.FromTicks((long)Math.Round(value * factor * TimeSpan.TicksPerMillisecond));
    }

    public static long? ByteSize(string text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var (number, unit) = Split(text);
        if (!Bytes.TryGetValue(unit == "" ? "b" : unit, out var factor))
            throw new FormatException($"'{unit}' in '{text}' is not a unit of size.");
        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new FormatException($"'{text}' is not a size; a whole number with a unit such as B, MB or MiB is.");
        return checked(value * factor);
    }

    private static (string Number, string Unit) Split(string text)
    {
        var end = (text ?? "").LastIndexOfAny("0123456789".ToCharArray()) + 1;
        return ((text ?? "")[..end].Trim(), (text ?? "")[end..].Trim());
    }

    private static Dictionary<string, T> Table<T>(params (string Names, T Factor)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => (n, r.Factor))).ToDictionary(p => p.n, p => p.Factor);
}
