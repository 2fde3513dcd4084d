using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The regions of one type and which shard is where, by the full names of the regions. It outlives the coordinator's node, as what
/// Akka.NET replicates does, and while one coordinator takes over from another both see the same.
/// </summary>
internal sealed class ShardHomes
{
    private ImmutableHashSet<string> _regions = [];
    private ImmutableDictionary<string, string> _homes = ImmutableDictionary<string, string>.Empty;
    public IEnumerable<string> Regions => _regions;
    public string Home(string shard) => _homes.GetValueOrDefault(shard);
    public List<string> ShardsAt(string region) => [.. _homes.Where(h => h.Value == region).Select(h => h.Key).Order(StringComparer.Ordinal)];
    public void Add(string region) => ImmutableInterlocked.Update(ref _regions, r => r.Add(region));

    public void Remove(string region)
    {
        ImmutableInterlocked.Update(ref _regions, r => r.Remove(region));
        ImmutableInterlocked.Update(ref _homes, h => h.RemoveRange(h.Where(e => e.Value == region).Select(e => e.Key)));
    }

    /// <summary>Where the shard lives: there, unless it has a home already.</summary>
    public string GetOrAllocate(string shard, string region) => ImmutableInterlocked.GetOrAdd(ref _homes, shard, region);

    public void Deallocate(string shard, string region) =>
        ImmutableInterlocked.Update(ref _homes, h => h.GetValueOrDefault(shard) == region ? h.Remove(shard) : h);
}
