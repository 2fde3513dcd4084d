using System.Text.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Json;

/// <summary>One page of the cache, with what there is in all: <c>{"verdicts":2,"bytes":800,"entries":[...],"next":"..."}</c>.</summary>
/// <param name="Verdicts">How many there are.</param>
/// <param name="Bytes">All of them together.</param>
/// <param name="Entries">Those of this page, in the order of their keys.</param>
/// <param name="Next">What the next page is asked for with; null on the last.</param>
public sealed record CachePageJson(long Verdicts, long Bytes, IReadOnlyList<CacheEntry> Entries, string? Next)
{
    private static readonly Dictionary<string, GoalLanguage> Languages = GoalLanguages.All.ToDictionary(entry => entry.Name, entry => entry.Language);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("verdicts", Verdicts);
        json.WriteNumber("bytes", Bytes);
        json.WriteStartArray("entries");
        foreach (var entry in Entries) Write(json, entry);
        json.WriteEndArray();
        json.WriteString("next", Next);
        json.WriteEndObject();
    }

    /// <summary>One entry.</summary>
    public static void Write(Utf8JsonWriter json, CacheEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("key", entry.Key);
        json.WriteString("language", entry.Language.Name());
        json.WriteString("verdict", entry.Verdict.Word());
        json.WriteNumber("bytes", entry.Bytes);
        json.WritePropertyName("provenance");
        ProvenanceJson.Write(json, entry.Provenance);
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not a page.</exception>
    public static CachePageJson Read(JsonElement json) => new(json.Long("verdicts"), json.Long("bytes"), json.List("entries", ReadEntry), json.OptionalText("next"));

    /// <summary>How many were removed: <c>{"removed":2}</c>.</summary>
    /// <exception cref="JsonMismatchException">It does not say.</exception>
    public static long ReadRemoved(JsonElement json) => json.Long("removed");

    private static CacheEntry ReadEntry(JsonElement json) => new(
        json.Text("key"), json.Word("language", Languages), GoalJson.ReadVerdict(json), json.Long("bytes"), ProvenanceJson.Read(json.Required("provenance", JsonValueKind.Object)));
}
