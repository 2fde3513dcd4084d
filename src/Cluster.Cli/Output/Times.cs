using System.Globalization;

namespace ProverCluster.Cli.Output;

/// <summary>Times and sizes for people.</summary>
internal static class Times
{
    public const string Never = "-";

    public static string Shown(TimeSpan? time) => time switch
    {
        null => Never,
        { TotalMilliseconds: < 999.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMilliseconds:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0.00} s"),
    };

    /// <summary>Of what lives for days: days, hours, minutes and seconds.</summary>
    public static string Long(TimeSpan? time) => time is { } known ? TimeSpan.FromSeconds(Math.Floor(known.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture) : Never;

    public static string Shown(long? bytes) =>
        bytes is null ? Never : string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / 1048576.0:0.0} MiB");
}
