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

/// <summary>One type of entity, with all that is set for it.</summary>
/// <param name="EntityProps">Null where entities of this type are only spoken to.</param>
/// <param name="Role">Of the nodes that host it; null for all.</param>
/// <param name="StopMessage">Tells an entity that its shard moves.</param>
internal sealed record ShardingType(string Name, Func<string, Props> EntityProps, IMessageExtractor Extractor, string Role, object StopMessage);
