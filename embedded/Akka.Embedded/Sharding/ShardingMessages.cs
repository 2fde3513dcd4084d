using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>From an entity to its parent: it wants to end, by this message, and what comes for it meanwhile is for its next life.</summary>
public sealed class Passivate(object stopMessage)
{
    public object StopMessage { get; } = stopMessage;
}

/// <summary>To a region: which shards and entities it has. The answer is a <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState
{
    public static readonly GetShardRegionState Instance = new();
    private GetShardRegionState() { }
}

public sealed class CurrentShardRegionState(IImmutableSet<ShardState> shards, IImmutableSet<string> failed)
{
    public readonly IImmutableSet<ShardState> Shards = shards;

    /// <summary>Those that did not answer in time.</summary>
    public readonly IImmutableSet<string> Failed = failed;
}

public sealed class ShardState(string shardId, IImmutableSet<string> entityIds)
{
    public readonly string ShardId = shardId;
    public readonly IImmutableSet<string> EntityIds = entityIds;
}

/// <summary>To a region: how many entities there are in each shard of each region. The answer is a <see cref="ClusterShardingStats"/>.</summary>
public sealed class GetClusterShardingStats(TimeSpan timeout)
{
    public readonly TimeSpan Timeout = timeout;
}

public sealed class ClusterShardingStats(IImmutableDictionary<Address, ShardRegionStats> regions)
{
    public readonly IImmutableDictionary<Address, ShardRegionStats> Regions = regions;
}

public sealed class ShardRegionStats(IImmutableDictionary<string, int> stats, IImmutableSet<string> failed)
{
    public readonly IImmutableDictionary<string, int> Stats = stats;
    public readonly IImmutableSet<string> Failed = failed;
}

/// <summary>What regions, coordinators and shards say to one another.</summary>
internal static class Protocol
{
    /// <param name="IsProxy">It hosts nothing and only wants to know where things are.</param>
    public sealed record Register(IActorRef Region, bool IsProxy);

    public sealed record Registered(IActorRef Coordinator);

    public sealed record GetShardHome(string Shard);

    public sealed record ShardHome(string Shard, IActorRef Region);

    /// <summary>To all regions: send nothing more to this shard, wherever it is.</summary>
    public sealed record BeginHandOff(string Shard);

    public sealed record BeginHandOffDone(string Shard);

    /// <summary>To the region that has the shard, once all know that it moves.</summary>
    public sealed record HandOff(string Shard);

    public sealed record ShardStopped(string Shard);

    /// <summary>A region asks that its shards be moved away, since it wants to end.</summary>
    public sealed record ShutDownRegion(IActorRef Region);

    public sealed record RegionStopped(IActorRef Region);

    public sealed record GetRegionStats;

    public sealed record GetShardState;
}
