namespace Akka.Cluster.Sharding;

/// <summary>One type of entity, with all that is set for it.</summary>
/// <param name="EntityProps">Null where entities of this type are only spoken to.</param>
/// <param name="Role">Of the nodes that host it; null for all.</param>
internal sealed record ShardingType(string Name, Func<string, Props> EntityProps, IMessageExtractor Extractor, string Role, object StopMessage, Config Config)
{
    public string CoordinatorName => $"{Name}Coordinator";
    public TimeSpan RetryInterval { get; } = Config.GetTimeSpan("retry-interval");
    public TimeSpan HandOffTimeout { get; } = Config.GetTimeSpan("handoff-timeout");
    public TimeSpan RebalanceInterval { get; } = Config.GetTimeSpan("rebalance-interval");
    public TimeSpan QueryTimeout { get; } = Config.GetTimeSpan("shard-region-query-timeout");
    public int BufferSize { get; } = Config.GetInt("buffer-size");

    /// <summary>Where the coordinator is: on the oldest node that does not go, if there is one.</summary>
    public Member Oldest(IEnumerable<Member> members) => members
        .Where(m => m.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting && m.Counts(Role))
        .OrderBy(m => m.Status == MemberStatus.Exiting).ThenBy(m => m, Member.AgeOrdering).FirstOrDefault();

    /// <summary>Which shards to move, of what the regions have. Few at a time, from those that have most.</summary>
    public IEnumerable<string> ToMove(IReadOnlyList<List<string>> regions, IReadOnlyCollection<string> moving)
    {
        var limits = Config.GetConfig("least-shard-allocation-strategy");
        var absolute = limits.GetInt("rebalance-absolute-limit");
        var sorted = regions.OrderBy(r => r.Count).ToList();
        if (absolute > 0)
        {
            if (moving.Count > 0) return [];
            var all = sorted.Sum(r => r.Count);
            var fair = (all + sorted.Count - 1) / sorted.Count;
            var most = Math.Max(1, Math.Min((int)(limits.GetDouble("rebalance-relative-limit") * all), absolute));
            var above = sorted.SelectMany(r => r.Take(Math.Max(0, r.Count - fair))).Take(most).ToList();
            // Rounded up, a fair share may still leave a region two behind.
            var behind = sorted.Sum(r => Math.Max(0, fair - 1 - r.Count));
            return above.Count > 0 ? above : sorted.Where(r => r.Count >= fair && fair > 0).Select(r => r[0]).Take(Math.Min(behind, most));
        }
        var (threshold, atOnce) = (limits.GetInt("rebalance-threshold"), limits.GetInt("max-simultaneous-rebalance"));
        var fullest = sorted.Select(r => r.Except(moving).ToList()).MaxBy(r => r.Count);
        var difference = fullest.Count - sorted[0].Count;
        return fullest.Take(Math.Min(Math.Min(difference - threshold, threshold), atOnce - moving.Count));
    }
}
