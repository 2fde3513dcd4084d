using System.Globalization;

namespace Akka.Cluster.Sharding;

/// <summary>Whom a message is for, and in which shard that one lives.</summary>
public interface IMessageExtractor
{
    /// <summary>Null for what is no message to an entity.</summary>
    string EntityId(object message);

    string ShardId(string entityId, object messageHint = null);
}

/// <summary>Spreads the entities over a number of shards that never changes.</summary>
public abstract class HashCodeMessageExtractor : IMessageExtractor
{
    private readonly int _shards;
    protected HashCodeMessageExtractor(int maxNumberOfShards) => _shards = maxNumberOfShards;
    public abstract string EntityId(object message);

    /// <summary>The same in every process, which a string's own hash is not.</summary>
    public virtual string ShardId(string entityId, object messageHint = null)
    {
        var hash = 2166136261u;
        foreach (var c in entityId) hash = (hash ^ c) * 16777619u;
        // The last characters tell most ids apart, and would change the low bits alone.
        hash ^= hash >> 15;
        return (hash % (uint)_shards).ToString(CultureInfo.InvariantCulture);
    }
}
