using System.Globalization;
using System.Text.Json;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Json;

/// <summary>Where a verdict comes from that is given away again. The members and their order are a contract with programs.</summary>
public static class ProvenanceJson
{
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(Utf8JsonWriter json, VerdictProvenance from)
    {
        json.WriteStartObject();
        json.WriteString("backend", from.Backend.Value);
        json.WriteString("version", from.Version);
        WriteWords(json, "arguments", from.Arguments);
        json.WriteString("node", from.Node);
        json.WriteString("szs", from.Szs.ToString());
        json.WriteString("line", from.Line);
        json.WriteNumber("code", from.Code);
        WriteWords(json, "agreed", from.Agreed.Select(backend => backend.Value));
        json.WriteString("acceptedAt", At(from.AcceptedAt));
        json.WriteString("settledAt", At(from.SettledAt));
        json.WriteMilliseconds("decidedMs", from.Decided);
        json.WriteMilliseconds("cpuMs", from.Cpu);
        json.WriteEndObject();
    }

    /// <summary>The same, times cut to microseconds.</summary>
    /// <exception cref="JsonMismatchException">It is no provenance.</exception>
    public static VerdictProvenance Read(JsonElement json) => new(
        json.Parsed<BackendName>("backend", BackendName.TryParse),
        json.OptionalText("version"),
        json.Optional("arguments", JsonValueKind.Array) is null ? null : json.List("arguments", argument => JsonReading.TextOf(argument, "arguments")),
        json.OptionalText("node"),
        json.Szs("szs") ?? SzsStatus.Unknown,
        json.OptionalText("line"),
        json.Integer("code"),
        json.List("agreed", backend => BackendName.TryParse(JsonReading.TextOf(backend, "agreed"), out var name) ? name : throw new JsonMismatchException("'agreed' holds what is no backend")),
        At(json, "acceptedAt"),
        At(json, "settledAt"),
        json.Milliseconds("decidedMs") ?? throw new JsonMismatchException("'decidedMs' is missing"),
        json.Milliseconds("cpuMs"));

    private static void WriteWords(Utf8JsonWriter json, string name, IEnumerable<string>? words)
    {
        if (words is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static string At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString(Moment, CultureInfo.InvariantCulture);

    private static long At(JsonElement json, string name) =>
        DateTimeOffset.TryParseExact(json.Text(name), Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUnixTimeMilliseconds()
            : throw new JsonMismatchException($"'{name}' is no moment");
}
