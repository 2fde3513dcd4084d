using System.Globalization;
using System.Text.Json;

namespace ProverCluster.Messages.Json;

/// <summary>Numbers with as many digits as they are worth, and one at least, so that a reader sees a fraction where one may come.</summary>
internal static class JsonNumbers
{
    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan? time) => json.WriteFraction(name, time?.TotalMilliseconds, "0.0##");

    public static void WriteMebibytes(this Utf8JsonWriter json, string name, long? bytes) => json.WriteFraction(name, bytes / 1048576.0, "0.0");

    public static TimeSpan? Milliseconds(this JsonElement json, string name) =>
        json.Fraction(name, TimeSpan.MaxValue.TotalMilliseconds / 2) is { } time ? TimeSpan.FromTicks((long)Math.Round(time * TimeSpan.TicksPerMillisecond)) : null;

    public static long? Mebibytes(this JsonElement json, string name) => json.Fraction(name, 1L << 42) is { } size ? (long)Math.Round(size * 1048576) : null;

    private static void WriteFraction(this Utf8JsonWriter json, string name, double? value, string format)
    {
        json.WritePropertyName(name);
        if (value is { } number) json.WriteRawValue(number.ToString(format, CultureInfo.InvariantCulture), skipInputValidation: true);
        else json.WriteNullValue();
    }

    private static double? Fraction(this JsonElement json, string name, double most)
    {
        if (json.Optional(name, JsonValueKind.Number) is not { } number) return null;
        return number.TryGetDouble(out var value) && Math.Abs(value) <= most
            ? value
            : throw new JsonMismatchException($"'{name}' is a number that is no time and no size");
    }
}
