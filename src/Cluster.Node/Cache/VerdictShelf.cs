using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Cache;

/// <summary>
/// What a flight does with the cache. Whoever asked other provers about the same text has an entry of its own beside this one; if two of them differ, one is wrong, nobody
/// knows which, and none of them stays.
/// </summary>
internal static class VerdictShelf
{
    /// <summary>Entries that are looked at together: mostly more than there are of one text.</summary>
    private const int Page = 16;

    /// <summary>What stands under the key, and is not too old; null if that is nothing, or nothing that can be believed.</summary>
    /// <exception cref="StoreUnavailable">The store does not work now.</exception>
    public static async Task<CacheHit?> FindAsync(IVerdictCache cache, VerdictKey key, TimeSpan keepFor, CancellationToken cancellation)
    {
        if (await cache.GetAsync(key.Value, cancellation) is not { } found || found.Age > keepFor || found.Language is null)
            return null;
        if (Provenance.TryRead(found.Provenance, found.Verdict, out var provenance))
            return new CacheHit(found.Verdict, provenance);
        await cache.EvictAsync(key.Value, cancellation);
        return null;
    }

    /// <summary>Keeps a verdict. Returns null; or how it contradicts what is there.</summary>
    /// <exception cref="StoreUnavailable">The store does not work now.</exception>
    public static async Task<string?> KeepAsync(IVerdictCache cache, VerdictKey key, GoalLanguage language, CacheHit hit)
    {
        var stands = await cache.PutAsync(new NewVerdict(key.Value, language, hit.Verdict, Provenance.Write(hit.Provenance)));
        var opposed = (await OfTextAsync(cache, key)).Prepend(stands).FirstOrDefault(other => other.Language is not null && other.Verdict != hit.Verdict);
        if (opposed is null)
            return null;
        var who = Provenance.TryRead(opposed.Provenance, opposed.Verdict, out var provenance) ? $"{provenance.Backend} {provenance.Version}".TrimEnd() : "an earlier race";
        return $"contradiction: {hit.Provenance.Backend} {hit.Provenance.Version} {hit.Verdict.Word()} the goal, {who} had {opposed.Verdict.Word()} it";
    }

    /// <summary>Takes away whatever there is of a text.</summary>
    /// <exception cref="StoreUnavailable">The store does not work now.</exception>
    public static async Task EvictAsync(IVerdictCache cache, VerdictKey key)
    {
        foreach (var entry in await OfTextAsync(cache, key))
            await cache.EvictAsync(entry.Key);
    }

    private static async Task<List<CachedVerdict>> OfTextAsync(IVerdictCache cache, VerdictKey key)
    {
        var all = new List<CachedVerdict>();
        for (var after = key.Text; ; after = all[^1].Key)
        {
            var page = await cache.PageAsync(after, Page);
            var mine = page.Where(entry => entry.Key.StartsWith(key.Text, StringComparison.Ordinal)).ToArray();
            all.AddRange(mine);
            if (mine.Length < Page)
                return all;
        }
    }
}
