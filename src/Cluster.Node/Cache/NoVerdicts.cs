using ProverCluster.Node.Store;

namespace ProverCluster.Node.Cache;

/// <summary>The cache of a node that was given no store, or is to have none: goals share races, and that is all.</summary>
internal sealed class NoVerdicts : IVerdictCache
{
    public Task<CachedVerdict?> GetAsync(string key, CancellationToken cancellation = default) => Task.FromResult<CachedVerdict?>(null);

    public Task<CachedVerdict> PutAsync(NewVerdict verdict, CancellationToken cancellation = default) => Task.FromResult(
        new CachedVerdict(verdict.Key, verdict.Language, verdict.Verdict, verdict.Provenance, 0, TimeSpan.Zero, TimeSpan.Zero));

    public Task<bool> EvictAsync(string key, CancellationToken cancellation = default) => Task.FromResult(false);

    public Task<int> TrimAsync(CacheBounds bounds, int most, CancellationToken cancellation = default) => Task.FromResult(0);

    public Task<int> ClearAsync(int most, CancellationToken cancellation = default) => Task.FromResult(0);

    public Task<IReadOnlyList<CachedVerdict>> PageAsync(string after, int most, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<CachedVerdict>>([]);

    public Task<CacheCounts> CountAsync(CancellationToken cancellation = default) => Task.FromResult(new CacheCounts(0, 0));
}
