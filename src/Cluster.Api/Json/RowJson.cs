using System.Globalization;
using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Api;

/// <summary>A run's line in the table of its race.</summary>
internal static class RowJson
{
    public static void WriteRow(this Utf8JsonWriter json, RunRow row)
    {
        json.WriteStartObject();
        json.WriteString("run", row.Run.ToString());
        json.WriteString("backend", row.Run.Backend.Value);
        json.WriteString("version", row.Version);
        json.WriteString("node", row.Node);
        json.WriteString("outcome", row.Outcome.Word());
        json.WriteNumber("code", row.Code);
        json.WriteString("szs", row.Szs == SzsStatus.Unknown ? null : row.Szs.ToString());
        json.WriteMilliseconds("queuedMs", row.Times.Queued);
        json.WriteMilliseconds("startedMs", row.Times.Started);
        json.WriteMilliseconds("verdictMs", row.Times.Verdict);
        json.WriteMilliseconds("endedMs", row.Times.Ended);
        json.WriteMilliseconds("reapedMs", row.Times.Reaped);
        json.WriteMilliseconds("cpuMs", row.Usage.Cpu);
        json.WriteFraction("peakRssMiB", row.Usage.PeakRssBytes / 1048576.0, "0.0");
        WritePreempt(json, row);
        if (row.Detail is not null)
            json.WriteString("detail", row.Detail);
        json.WriteEndObject();
    }

    /// <summary>With as many digits as they are worth, and one at least, so that a reader sees a fraction where one may come.</summary>
    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan? time) => json.WriteFraction(name, time?.TotalMilliseconds, "0.0##");

    private static void WriteFraction(this Utf8JsonWriter json, string name, double? value, string format)
    {
        json.WritePropertyName(name);
        if (value is { } number)
            json.WriteRawValue(number.ToString(format, CultureInfo.InvariantCulture), skipInputValidation: true);
        else
            json.WriteNullValue();
    }

    private static void WritePreempt(Utf8JsonWriter json, RunRow row)
    {
        if (row.Stop is not { } stop)
        {
            json.WriteNull("preempt");
            return;
        }

        json.WriteStartObject("preempt");
        json.WriteString("reason", stop.Cause);
        json.WriteMilliseconds("requestedMs", row.Times.StopRequested);
        json.WriteMilliseconds("killedMs", row.Times.Killed);
        json.WriteEndObject();
    }
}
