using System.Globalization;
using System.Text.Json;

namespace ProverCluster.Cli.Output;

/// <summary>Numbers with as many digits as they are worth, and one at least, so that a reader sees a fraction where one may come.</summary>
internal static class JsonNumbers
{
    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan? time) => json.WriteFraction(name, time?.TotalMilliseconds, "0.0##");

    public static void WriteMebibytes(this Utf8JsonWriter json, string name, long? bytes) => json.WriteFraction(name, bytes / 1048576.0, "0.0");

    private static void WriteFraction(this Utf8JsonWriter json, string name, double? value, string format)
    {
        json.WritePropertyName(name);
        if (value is { } number) json.WriteRawValue(number.ToString(format, CultureInfo.InvariantCulture), skipInputValidation: true);
        else json.WriteNullValue();
    }
}
