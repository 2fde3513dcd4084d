using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProverCluster.Cli.Racing;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Output;

/// <summary>One JSON object for each goal, each on one line. The members and their order are a contract with programs.</summary>
internal sealed class JsonWriter(ResultSink sink, bool showOutput) : IResultWriter
{
    // Nothing here ends up inside HTML, and a reason full of \u0027 is hard to read.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task WriteAsync(GoalInFlight goal)
    {
        var result = await goal.Settled;
        sink.Write(Line(result, showOutput) + "\n");
    }

    public static string Line(GoalResult result, bool showOutput)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            Write(json, result, showOutput);
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, GoalResult result, bool showOutput)
    {
        var answer = result.Answer;
        json.WriteStartObject();
        json.WriteString("goal", answer.Name);
        json.WriteString("verdict", answer.Verdict.Word());
        json.WriteString("szs", answer.Szs?.ToString());
        json.WriteString("winner", answer.Winner?.Backend.Value);
        json.WriteMilliseconds("decidedMs", answer.Decided);
        json.WriteMilliseconds("settledMs", answer.Settled);
        json.WriteString("reason", answer.Reason);
        json.WriteStartArray("runs");
        foreach (var row in answer.Runs) Write(json, row);
        json.WriteEndArray();
        if (showOutput)
        {
            var output = WinnerOutput.Of(result.Language, answer);
            foreach (var kind in (ReadOnlySpan<string>)[WinnerOutput.Model, WinnerOutput.Core, WinnerOutput.Proof])
                json.WriteString(kind, output?.Kind == kind ? output.Text : null);
            if (WinnerOutput.Missing(answer) is { } missing) json.WriteString("outputMissing", missing);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunRow row)
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
        json.WriteMebibytes("peakRssMiB", row.Usage.PeakRssBytes);
        WritePreempt(json, row);
        if (row.Detail is not null) json.WriteString("detail", row.Detail);
        json.WriteEndObject();
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
