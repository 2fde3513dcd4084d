using System.Globalization;

namespace ProverCluster.Node.Configuration;

/// <summary>A number and its unit, as users write them: <c>10s</c>, <c>1.5h</c>, <c>2GiB</c>. A number without a unit is refused: nobody agrees on what it means.</summary>
internal static class Quantities
{
    public static readonly (string Unit, decimal Factor)[] DurationUnits =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    public static readonly (string Unit, decimal Factor)[] SizeUnits =
    [
        ("B", 1),
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("TiB", 1L << 40),
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
    ];

    public static bool TryRead(string text, (string Unit, decimal Factor)[] units, out long value)
    {
        value = 0;
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.')) digits++;
        if (!decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        if (Factor(text[digits..].TrimStart(' '), units) is not { } factor || number > long.MaxValue / factor) return false;
        value = (long)decimal.Round(number * factor);
        return true;
    }

    private static decimal? Factor(string unit, (string Unit, decimal Factor)[] units)
    {
        foreach (var (name, factor) in units)
        {
            if (string.Equals(name, unit, StringComparison.OrdinalIgnoreCase)) return factor;
        }
        return null;
    }
}
