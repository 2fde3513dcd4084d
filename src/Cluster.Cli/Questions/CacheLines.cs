using System.Globalization;
using System.Text.Json;
using ProverCluster.Cli.Output;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Questions;

/// <summary>What is in the cache, for people: how much, and then a line for each verdict.</summary>
internal static class CacheLines
{
    /// <summary>Digits of a key that tell it from all others.</summary>
    private const int KeyDigits = 16;

    public static string Of(CachePageJson page) => string.Create(CultureInfo.InvariantCulture, $"{page.Verdicts} verdicts, {page.Bytes / 1024.0:0.0} KiB");

    public static string Of(CacheEntry entry) =>
        $"{entry.Verdict.Word(),-9}  {entry.Language.Name(),-7}  {Excerpt.Of(entry.Key[..Math.Min(KeyDigits, entry.Key.Length)])}  {CachedLine.Of(new AnswerOrigin(IsCached: true, entry.Provenance))}";

    public static void Write(Utf8JsonWriter json, long removed)
    {
        json.WriteStartObject();
        json.WriteNumber("removed", removed);
        json.WriteEndObject();
    }
}
