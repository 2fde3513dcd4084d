using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Wire;

namespace ProverCluster.Node.Cache;

/// <summary>
/// What stands beside a verdict in the cache. It is written as it travels between nodes, so a later version may add to it. An entry may have been written by anybody who can
/// write to the store: what cannot be the provenance of its verdict is none.
/// </summary>
internal static class Provenance
{
    private const int MostWords = 4096, MostArguments = 256;

    /// <summary>Characters of JSON. What a race tells is bounded far below, by <see cref="Runners.ReportBounds"/>; a longer one might not fit into a message.</summary>
    private const int MostLength = 256 << 10;

    /// <summary>The end of the year 9999.</summary>
    private const long LastMoment = 253_402_300_799_999;

    /// <summary>Of an answer that may be kept: a decisive one of a race in which nobody disagreed, and that did not come from the cache itself.</summary>
    /// <param name="answer">Any answer.</param>
    /// <param name="settledAt">When it was settled, in milliseconds of Unix time.</param>
    /// <returns>Null of any other answer.</returns>
    public static VerdictProvenance? Of(GoalAnswer answer, long settledAt)
    {
        if (!answer.Verdict.IsDecisive() || answer.Origin is { IsCached: true } || answer.Runs.Any(run => run.Outcome == RunOutcome.Disagreed))
            return null;
        if (answer is not { Decided: { } decided, Szs: { } szs } || answer.Runs.FirstOrDefault(run => run.Run == answer.Winner) is not { Outcome: RunOutcome.Won } won)
            return null;
        return new VerdictProvenance(
            won.Run.Backend,
            won.Version,
            won.Arguments,
            won.Node,
            szs,
            won.Line,
            won.Code,
            [.. answer.Runs.Where(run => run.Outcome == RunOutcome.Agreed).Select(run => run.Run.Backend)],
            settledAt - (long)answer.Settled.TotalMilliseconds,
            settledAt,
            decided,
            won.Usage.Cpu);
    }

    public static string Write(VerdictProvenance provenance) => JsonSerializer.Serialize(provenance, WireSchema.Info<VerdictProvenance>());

    /// <param name="json">What stands in the store.</param>
    /// <param name="verdict">The verdict beside it.</param>
    /// <param name="provenance">Where that comes from.</param>
    public static bool TryRead(string json, Verdict verdict, [NotNullWhen(true)] out VerdictProvenance? provenance)
    {
        provenance = null;
        if (json.Length > MostLength)
            return false;
        try
        {
            provenance = JsonSerializer.Deserialize(json, WireSchema.Info<VerdictProvenance>());
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            return false;
        }

        if (provenance is not null && IsPlausible(provenance, verdict))
            return true;
        provenance = null;
        return false;
    }

    private static bool IsPlausible(VerdictProvenance told, Verdict verdict) =>
        verdict.IsDecisive() && told.Szs.Verdict() == verdict
        && told.AcceptedAt >= 0 && told.AcceptedAt <= told.SettledAt && told.SettledAt <= LastMoment
        && told.Decided >= TimeSpan.Zero && told.Cpu is not { Ticks: < 0 }
        && new[] { told.Version, told.Node, told.Line }.All(words => words is null or { Length: <= MostWords })
        && told.Agreed.Count <= GoalBounds.Backends
        && (told.Arguments is null || (told.Arguments.Count <= MostArguments && told.Arguments.All(argument => argument.Length <= MostWords)));
}
