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
    /// <summary>Entries of one text that are looked at together: far more than there are ways to ask.</summary>
    private const int MostOfOneText = 1000;

    /// <summary>What stands under the key; null if that is nothing, or nothing that can be believed.</summary>
    /// <exception cref="StoreUnavailable">The store does not work now.</exception>
    public static async Task<CacheHit?> FindAsync(IVerdictCache cache, VerdictKey key, CancellationToken cancellation)
    {
        if (await cache.GetAsync(key.Value, cancellation) is not { } found)
            return null;
        if (Provenance.TryRead(found.Provenance, found.Verdict, out var provenance))
            return new CacheHit(found.Verdict, provenance);
        await cache.EvictAsync(key.Value, cancellation);
        return null;
    }

    /// <summary>Keeps a verdict. Returns null; or how it contradicts what was there, and then nothing of that text is there any more.</summary>
    /// <exception cref="StoreUnavailable">The store does not work now.</exception>
    public static async Task<string?> KeepAsync(IVerdictCache cache, VerdictKey key, GoalLanguage language, CacheHit hit)
    {
        var entry = new NewVerdict(key.Value, language, hit.Verdict, Provenance.Write(hit.Provenance));
        var stands = await cache.PutAsync(entry);
        var opposed = stands.Verdict != hit.Verdict ? stands : (await OfTextAsync(cache, key)).FirstOrDefault(other => other.Verdict != hit.Verdict);
        if (opposed is null)
            return null;
        await EvictAsync(cache, key);
        var who = Provenance.TryRead(opposed.Provenance, opposed.Verdict, out var provenance) ? $"{provenance.Backend} {provenance.Version}".TrimEnd() : "an earlier race";
        return $"contradiction: {hit.Provenance.Backend} {hit.Provenance.Version} {hit.Verdict.Word()} the goal, {who} had {opposed.Verdict.Word()} it";
    }

    /// <summary>Takes away whatever there is of a text. Returns how much.</summary>
    /// <exception cref="StoreUnavailable">The store does not work now.</exception>
    public static async Task<int> EvictAsync(IVerdictCache cache, VerdictKey key)
    {
        var evicted = 0;
        foreach (var entry in await OfTextAsync(cache, key))
            evicted += await cache.EvictAsync(entry.Key) ? 1 : 0;
        return evicted;
    }

    private static async Task<IEnumerable<CachedVerdict>> OfTextAsync(IVerdictCache cache, VerdictKey key) =>
        (await cache.PageAsync(key.Text, MostOfOneText)).TakeWhile(entry => entry.Key.StartsWith(key.Text, StringComparison.Ordinal));
}
