using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>From an entity to its parent: it wants to end, by this message, and what comes for it meanwhile is for its next life.</summary>
public sealed record Passivate(object StopMessage);

/// <summary>To a region: which shards and entities it has. The answer is a <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState
{
    public static readonly GetShardRegionState Instance = new();
    private GetShardRegionState() { }
}

/// <param name="Shards">All that are here.</param>
/// <param name="Failed">Those that did not answer in time: here they need not be asked.</param>
public sealed record CurrentShardRegionState(IImmutableSet<ShardState> Shards, IImmutableSet<string> Failed);

public sealed record ShardState(string ShardId, IImmutableSet<string> EntityIds);

/// <summary>One type of entity, with all that is set for it.</summary>
/// <param name="EntityProps">Null where entities of this type are only spoken to.</param>
/// <param name="Role">Of the nodes that host it; null for all.</param>
/// <param name="StopMessage">Tells an entity that its shard moves.</param>
internal sealed record ShardingType(string Name, Func<string, Props> EntityProps, IMessageExtractor Extractor, string Role, object StopMessage);
