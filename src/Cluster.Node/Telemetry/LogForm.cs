using System.Text;
using System.Text.Json;
using Akka.Event;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Telemetry;

public enum LogFormat
{
    /// <summary>A line that reads as a sentence.</summary>
    Text,

    /// <summary>A JSON object on a line.</summary>
    Json,
}

/// <summary>How a line of the log is written.</summary>
public static class LogForm
{
    /// <summary>What a program says of itself, without the log's help: before there is one, and after.</summary>
    /// <param name="format">How.</param>
    /// <param name="teller">The program.</param>
    /// <param name="sentence">In words.</param>
    /// <param name="isFailure">Whether the program ends by it, and not as it was told to.</param>
    public static string Sentence(LogFormat format, string teller, string sentence, bool isFailure) =>
        format == LogFormat.Text ? $"{teller}: {sentence}" : Json(TimeProvider.System.GetUtcNow().UtcDateTime, isFailure ? "error" : "info", sentence, teller, null, null);

    /// <param name="told">What was told.</param>
    /// <param name="isBrief">Whether stacks are left out.</param>
    internal static string Text(LogEvent told, bool isBrief)
    {
        var cause = told.Cause is { } failure ? $": {Cause(failure, isBrief)}" : "";
        return $"{Level(told)}: {Excerpt.Visible($"{told.Message}{Of(told.Message as LogLine)}{cause}", keepLines: !isBrief)} ({told.LogSource})";
    }

    /// <summary>Whose line it is, where its sentence has not said so.</summary>
    private static string Of(LogLine? line) =>
        line is { Run: { } run } && !line.Text.Contains($"run {run}", StringComparison.Ordinal) ? $", run {run}"
        : line is { Goal: { } goal } && !line.Text.Contains($"goal {goal}", StringComparison.Ordinal) ? $", goal {goal}"
        : "";

    /// <param name="told">What was told.</param>
    /// <param name="isBrief">Whether stacks are left out.</param>
    internal static string Json(LogEvent told, bool isBrief) =>
        Json(told.Timestamp, Level(told), $"{told.Message}", told.LogSource, told.Message as LogLine, told.Cause is { } cause ? Cause(cause, isBrief) : null);

    private static string Level(LogEvent told) => told.GetType().Name.ToLowerInvariant();

    private static string Cause(Exception failure, bool isBrief) => isBrief ? $"{failure.GetType().Name}: {failure.Message}" : failure.ToString();

    private static string Json(DateTime time, string level, string message, string source, LogLine? line, string? cause)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("time", time);
            json.WriteString("level", level);
            if (line is not null)
            {
                json.WriteNumber("eventId", line.Id);
                json.WriteString("event", line.Name);
            }

            json.WriteString("message", message);
            if (line?.Goal is { } goal)
                json.WriteString("goal", goal.Value);
            if (line?.Run is { } run)
                json.WriteString("run", run.ToString());
            if (cause is not null)
                json.WriteString("cause", cause);
            json.WriteString("source", source);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
