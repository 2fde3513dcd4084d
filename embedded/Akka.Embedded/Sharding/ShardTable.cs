namespace Akka.Cluster.Sharding;

/// <summary>The region of one node, as the table knows it.</summary>
internal sealed class ShardHost(Cluster node, IActorRef region, bool hasEntities)
{
    public Cluster Node { get; } = node;
    public IActorRef Region { get; } = region;

    /// <summary>Or it only sends on.</summary>
    public bool HasEntities { get; } = hasEntities;

    /// <summary>It gets no more shards.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether that is, as this node sees it, a member still. What lived in a node that was put out is not to begin anew before its entry is taken out.</summary>
    public bool Knows(ShardHost other) => Node.State.Members.Any(m => m.UniqueAddress == other.Node.SelfUniqueAddress);

    public IActorRef RefOf(ShardHost other) => Node.System.Provider.ResolveActorRef(other.Region.Path.At(other.Node.SelfAddress));
}

/// <summary>
/// Where the shards of one type are. All nodes of this process share it, where Akka.NET has a coordinator among them, and what its nodes replicate. Only a node whose
/// side of all cuts is the majority gives a shard a home, or takes it from one that is lost, so that no two sides ever decide about one shard.
/// </summary>
internal sealed class ShardTable(string role)
{
    private readonly Lock _lock = new();
    private readonly List<ShardHost> _hosts = [];
    private readonly Dictionary<string, ShardHost> _homes = [];
    private readonly HashSet<string> _moving = [];

    public void Add(ShardHost host)
    {
        lock (_lock) _hosts.Add(host);
        Announce();
    }

    /// <summary>With all that it had: it is at home nowhere then.</summary>
    public void Remove(Predicate<ShardHost> which)
    {
        lock (_lock)
        {
            _hosts.RemoveAll(which);
            foreach (var (shard, _) in _homes.Where(h => which(h.Value)).ToList()) Forget(shard);
        }
        Announce();
    }

    /// <summary>Says where a shard is, if that can be said now. Under the lock, so that all that was passed on is there before the shard begins to move.</summary>
    public bool Pass(string shard, ShardHost from, Action<ShardHost> to)
    {
        lock (_lock)
        {
            if (_moving.Contains(shard)) return false;
            if (!_homes.TryGetValue(shard, out var home)) home = Choose(from);
            if (home is null || !from.Knows(home)) return false;
            _homes[shard] = home;
            to(home);
            return true;
        }
    }

    /// <summary>All that is at home there is to move: these shards.</summary>
    public List<string> Leave(ShardHost host)
    {
        lock (_lock)
        {
            host.IsLeaving = true;
            var shards = ShardsAt(host);
            _moving.UnionWith(shards);
            return shards;
        }
    }

    /// <summary>A shard that was to move has ended. What came for it in the meantime is passed on before anything else can be.</summary>
    public void Moved(string shard, Action passOn)
    {
        lock (_lock)
        {
            if (_moving.Contains(shard)) Forget(shard);
            passOn();
        }
        Announce();
    }

    /// <summary>Which shards are to move so that the regions come to be even. Few at a time, from those that have most; one region does it for all.</summary>
    /// <param name="by">Whoever asks.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="share">And no more than this of all.</param>
    public List<(string Shard, ShardHost Home)> Even(ShardHost by, int most, double share)
    {
        lock (_lock)
        {
            var hosts = _hosts.FindAll(h => h.HasEntities && !h.IsLeaving && by.Knows(h));
            if (hosts.Count < 2 || hosts[0] != by || _moving.Count > 0 || !MayWrite(by)) return [];
            var sorted = hosts.Select(ShardsAt).OrderBy(s => s.Count).ToList();
            var all = sorted.Sum(s => s.Count);
            var fair = (all + hosts.Count - 1) / hosts.Count;
            var above = sorted.SelectMany(s => s.Take(s.Count - fair));
            // Rounded up, a fair share may still leave a region two behind.
            var behind = sorted.Sum(s => Math.Max(0, fair - 1 - s.Count));
            if (!above.Any()) above = sorted.Where(s => s.Count >= fair && fair > 0).Select(s => s[0]).Take(behind);
            var moving = above.Take(Math.Max(1, Math.Min(most, (int)(share * all)))).ToList();
            _moving.UnionWith(moving);
            return [.. moving.Select(shard => (shard, _homes[shard]))];
        }
    }

    private void Forget(string shard)
    {
        _homes.Remove(shard);
        _moving.Remove(shard);
    }

    /// <summary>The region with the fewest, of those in reach; null when nobody can take one, or nobody may say.</summary>
    private ShardHost Choose(ShardHost by) => !MayWrite(by) ? null : _hosts
        .FindAll(h => h.HasEntities && !h.IsLeaving && by.Knows(h) && by.Node.Transport.Reaches(h.Node.SelfAddress))
        .OrderBy(h => h.Node.SelfMember.Status is not MemberStatus.Up).ThenBy(h => ShardsAt(h).Count).FirstOrDefault();

    private bool MayWrite(ShardHost by) => by.Node.Membership.HasMajority(by.Node, role);
    private List<string> ShardsAt(ShardHost host) => [.. _homes.Where(h => h.Value == host).Select(h => h.Key).Order(StringComparer.Ordinal)];

    /// <summary>Something may be passed on now that could not be before.</summary>
    private void Announce()
    {
        List<ShardHost> hosts;
        lock (_lock) hosts = [.. _hosts];
        hosts.ForEach(h => h.Region.Tell(new ShardRegion.Retry(), ActorRefs.NoSender));
    }
}
