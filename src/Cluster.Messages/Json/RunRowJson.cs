using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Json;

/// <summary>One run's line in the table. The members and their order are a contract with programs.</summary>
public static class RunRowJson
{
    private static readonly Dictionary<string, RunOutcome> Outcomes = Enum.GetValues<RunOutcome>().ToDictionary(outcome => outcome.Word());

    public static void Write(Utf8JsonWriter json, RunRow row)
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

    /// <summary>The row, but for what JSON does not tell: times are cut to microseconds, memory to 0.1 MiB, and the stop reason is the one its outcome speaks of.</summary>
    /// <exception cref="JsonMismatchException">It is not a row.</exception>
    public static RunRow Read(JsonElement json)
    {
        var outcome = json.Word("outcome", Outcomes);
        var preempt = json.Optional("preempt", JsonValueKind.Object);
        return new RunRow(
            json.Parsed<RunId>("run", RunId.TryParse),
            json.OptionalText("version"),
            json.OptionalText("node"),
            outcome,
            json.Integer("code"),
            json.Szs("szs") ?? SzsStatus.Unknown,
            json.OptionalText("detail"),
            new RunRowTimes(
                json.Milliseconds("queuedMs"),
                json.Milliseconds("startedMs"),
                json.Milliseconds("verdictMs"),
                preempt?.Milliseconds("requestedMs"),
                preempt?.Milliseconds("killedMs"),
                json.Milliseconds("endedMs"),
                json.Milliseconds("reapedMs")),
            new RunUsage(json.Milliseconds("cpuMs"), json.Mebibytes("peakRssMiB")),
            preempt is { } stop ? new RunStop(ReasonOf(outcome), stop.Text("reason")) : null);
    }

    internal static SzsStatus? Szs(this JsonElement json, string name)
    {
        if (json.OptionalText(name) is not { } text)
            return null;
        return SzsStatuses.TryParse(text, out var status) ? status : throw new JsonMismatchException($"'{name}' is a word nobody knows here");
    }

    /// <summary>Why a run of this outcome was ended, if it was: one that was decisive all the same had been asked to go.</summary>
    public static StopReason ReasonOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.TimedOut => StopReason.TimedOut,
        RunOutcome.MemoryOut => StopReason.MemoryOut,
        RunOutcome.OutputTooLarge => StopReason.OutputTooLarge,
        RunOutcome.Withdrawn => StopReason.Withdrawn,
        RunOutcome.Lost => StopReason.Drained,
        _ => StopReason.Preempted,
    };

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
