using ProverCluster.Node.Store;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>A cache in memory that can be out of order, or take for ever.</summary>
internal sealed class FakeCache : IVerdictCache
{
    private readonly SortedDictionary<string, NewVerdict> _entries = new(StringComparer.Ordinal);

    public bool IsBroken { get; set; }

    public bool IsSilent { get; set; }

    public int Gets { get; private set; }

    /// <summary>How many do not work before they do again.</summary>
    public int EvictionsToFail { get; set; }

    /// <summary>Of every entry.</summary>
    public TimeSpan Age { get; set; }

    public NewVerdict[] Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries.Values];
        }
    }

    public Task<CachedVerdict?> GetAsync(string key, CancellationToken cancellation = default) => Do(() =>
    {
        Gets++;
        return _entries.TryGetValue(key, out var found) ? Of(found) : null;
    });

    public Task<CachedVerdict> PutAsync(NewVerdict verdict, CancellationToken cancellation = default) => Do(() =>
    {
        _entries.TryAdd(verdict.Key, verdict);
        return Of(_entries[verdict.Key]);
    });

    public Task<bool> EvictAsync(string key, CancellationToken cancellation = default) => Do(() => EvictionsToFail-- > 0 ? throw new StoreUnavailable("the disk is full") : _entries.Remove(key));

    public Task<IReadOnlyList<CachedVerdict>> PageAsync(string after, int most, CancellationToken cancellation = default) => Do<IReadOnlyList<CachedVerdict>>(
        () => [.. _entries.Values.Where(entry => string.CompareOrdinal(entry.Key, after) > 0).Take(most).Select(Of)]);

    /// <summary>How many are beyond the bounds.</summary>
    public int ToTrim { get; set; }

    public (CacheBounds? Bounds, int Most) LastTrimmed { get; private set; }

    public Task<int> TrimAsync(CacheBounds bounds, int most, CancellationToken cancellation = default) => Do(() =>
    {
        LastTrimmed = (bounds, most);
        var now = Math.Min(most, ToTrim);
        ToTrim -= now;
        return now;
    });

    public Task<int> ClearAsync(int most, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<CacheCounts> CountAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    private async Task<T> Do<T>(Func<T> work)
    {
        await Task.Yield();
        if (IsSilent)
            await Task.Delay(Timeout.Infinite);
        lock (_entries)
            return IsBroken ? throw new StoreUnavailable("the disk is full") : work();
    }

    private CachedVerdict Of(NewVerdict entry) => new(entry.Key, entry.Language, entry.Verdict, entry.Provenance, 0, Age, TimeSpan.Zero);
}
