using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Json;

/// <summary>
/// One JSON object for each goal: as the command line prints it, and, with the goal's id and state before the rest, as it goes over HTTP. The members
/// and their order are a contract with programs.
/// </summary>
public static class GoalJson
{
    /// <summary>Characters of a long output that are written at once.</summary>
    private const int Piece = 16 << 10;

    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly Dictionary<string, Verdict> Verdicts = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict.Word());
    private static readonly Dictionary<string, GoalState> States = Enum.GetValues<GoalState>().ToDictionary(state => state.Word());

    /// <summary>For every writer of this contract: nothing here ends up inside HTML, and a reason full of \u0027 is hard to read.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object on one line.</summary>
    public static string Line(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The object of the command line.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="answer">The goal's story.</param>
    /// <param name="language">What the goal is written in, which says what to call the winner's output; null if that is not known.</param>
    /// <param name="showOutput">Whether the winner's output is part of the object.</param>
    public static void Write(Utf8JsonWriter json, GoalAnswer answer, GoalLanguage? language, bool showOutput)
    {
        json.WriteStartObject();
        foreach (var _ in WriteMembers(json, GoalView.Of(answer, answer.IsCached), language, showOutput)) { }
        json.WriteEndObject();
    }

    /// <summary>The object of the HTTP interface.</summary>
    /// <inheritdoc cref="Write(Utf8JsonWriter, GoalAnswer, GoalLanguage?, bool)"/>
    public static void Write(Utf8JsonWriter json, GoalView view, GoalLanguage? language, bool showOutput)
    {
        foreach (var _ in WriteInPieces(json, view, language, showOutput)) { }
    }

    /// <summary>The same. A long output is written in pieces, and after each its length is returned: whoever writes to somebody who reads slowly waits for that one.</summary>
    /// <inheritdoc cref="Write(Utf8JsonWriter, GoalAnswer, GoalLanguage?, bool)"/>
    public static IEnumerable<int> WriteInPieces(Utf8JsonWriter json, GoalView view, GoalLanguage? language, bool showOutput)
    {
        json.WriteStartObject();
        json.WriteString("id", view.Id.Value);
        json.WriteString("state", view.State.Word());
        json.WriteBoolean("cached", view.IsCached);
        if (view.AcceptedAt is { } accepted) json.WriteString("acceptedAt", accepted.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture));
        foreach (var length in WriteMembers(json, view, language, showOutput)) yield return length;
        json.WriteEndObject();
    }

    /// <summary>The object of the command line, as the answer for a goal of that id.</summary>
    /// <exception cref="JsonMismatchException">It is not one.</exception>
    public static GoalAnswer ReadAnswer(JsonElement json, GoalId id) => ReadMembers(json, id, GoalState.Settled, isCached: json.Optional("provenance", JsonValueKind.Object) is not null).Answer!;

    /// <summary>The object of the HTTP interface.</summary>
    /// <exception cref="JsonMismatchException">It is not one.</exception>
    public static GoalView Read(JsonElement json) =>
        ReadMembers(json, json.Parsed<GoalId>("id", GoalId.TryParse), json.Word("state", States), json.Flag("cached")) with { AcceptedAt = ReadAcceptedAt(json) };

    internal static Verdict ReadVerdict(JsonElement json) => json.Word("verdict", Verdicts);

    private static IEnumerable<int> WriteMembers(Utf8JsonWriter json, GoalView view, GoalLanguage? language, bool showOutput)
    {
        json.WriteString("goal", view.Name);
        json.WriteString("verdict", view.Verdict?.Word());
        json.WriteString("szs", view.Szs?.ToString());
        json.WriteString("winner", view.Winner?.Backend.Value);
        json.WriteMilliseconds("decidedMs", view.Decided);
        json.WriteMilliseconds("settledMs", view.Settled);
        json.WriteString("reason", view.Reason);
        json.WriteStartArray("runs");
        foreach (var row in view.Runs) RunRowJson.Write(json, row);
        json.WriteEndArray();
        if (view is { IsCached: true, Origin: { } origin }) WriteOrigin(json, origin);
        if (!showOutput) yield break;
        var output = WinnerOutput.Of(language, view.Verdict, view.Output);
        foreach (var kind in WinnerOutput.Kinds)
        {
            json.WritePropertyName(kind);
            if (output?.Kind == kind)
            {
                foreach (var length in WriteText(json, output.Text)) yield return length;
            }
            else
            {
                json.WriteNullValue();
            }
        }

        if (WinnerOutput.Missing(view.Output) is { } missing) json.WriteString("outputMissing", missing);
    }

    // Of a shared race the runs tell.
    private static void WriteOrigin(Utf8JsonWriter json, AnswerOrigin origin)
    {
        if (origin.Verdict is { } from)
        {
            json.WritePropertyName("provenance");
            ProvenanceJson.Write(json, from);
        }

        if (origin.Doubt is { } doubt) json.WriteString("doubted", doubt);
    }

    /// <summary>At once it would be escaped as a whole, in six times its memory.</summary>
    private static IEnumerable<int> WriteText(Utf8JsonWriter json, string text)
    {
        var at = 0;
        do
        {
            var length = Math.Min(Piece, text.Length - at);
            json.WriteStringValueSegment(text.AsSpan(at, length), isFinalSegment: at + length == text.Length);
            at += length;
            yield return length;
        }
        while (at < text.Length);
    }

    private static GoalView ReadMembers(JsonElement json, GoalId id, GoalState state, bool isCached)
    {
        var verdict = json.OptionalWord("verdict", Verdicts);
        var settled = json.Milliseconds("settledMs");
        // What is settled says so in full: half an answer is none.
        if (state == GoalState.Settled && (verdict is null || settled is null)) throw new JsonMismatchException("a settled goal without a verdict or its time");
        var runs = json.List("runs", RunRowJson.Read);
        return new GoalView(
            id, state, isCached, json.Text("goal"), verdict, json.Szs("szs"), Winner(json, id, runs), json.Milliseconds("decidedMs"), settled,
            json.OptionalText("reason"), runs, ReadOutput(json), isCached ? ReadOrigin(json) : null);
    }

    // The object names a backend; which of its runs has won is told by the table, once that run has ended.
    private static RunId? Winner(JsonElement json, GoalId id, IReadOnlyList<RunRow> runs)
    {
        if (json.OptionalParsed<BackendName>("winner", BackendName.TryParse) is not { } backend) return null;
        return runs.FirstOrDefault(row => row.Outcome == RunOutcome.Won && row.Run.Backend == backend)?.Run ?? GoalEventJson.RunOf(id, backend);
    }

    private static AnswerOrigin ReadOrigin(JsonElement json) => new(
        IsCached: true, json.Optional("provenance", JsonValueKind.Object) is { } from ? ProvenanceJson.Read(from) : null, json.OptionalText("doubted"));

    private static DateTimeOffset? ReadAcceptedAt(JsonElement json)
    {
        if (json.OptionalText("acceptedAt") is not { } text) return null;
        return DateTimeOffset.TryParseExact(text, Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new JsonMismatchException("'acceptedAt' is not a time such as 2026-11-25T21:40:00.123Z");
    }

    private static ProverOutput? ReadOutput(JsonElement json)
    {
        if (json.OptionalText("outputMissing") is { } missing) return WinnerOutput.MissingFrom(missing);
        return WinnerOutput.Kinds.Select(kind => json.OptionalText(kind)).FirstOrDefault(text => text is not null);
    }
}
