using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Says where each shard lives. There is one on every node that hosts the type, and the one on the oldest node is at work; the others
/// hear nothing. It decides only while its side of all cuts is the majority, so that no two ever decide about one shard.
/// </summary>
internal sealed partial class ShardCoordinator : ReceiveActor, IWithTimers
{
    private readonly ShardingType _type;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _proxies = [];
    private readonly HashSet<IActorRef> _leaving = [];

    /// <summary>Regions of nodes that were put out, and may not know it yet: what lives there is not to begin anew elsewhere before the margin is over.</summary>
    private readonly HashSet<IActorRef> _lost = [];

    /// <summary>Nodes that were put out while the coordinator was there.</summary>
    private readonly HashSet<Member> _before = [];
    private readonly TimeSpan _margin = MarginOf(Context.System.Settings.Config.GetConfig("akka.cluster"));
    private ImmutableSortedSet<Member> _members = [];
    private ShardHomes _homes;

    public ShardCoordinator(ShardingType type)
    {
        _type = type;
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            _members = state.Members;
            TakeOver();
        });
        Receive<ClusterEvent.IMemberEvent>(Follow);
        Receive<MarginOver>(m =>
        {
            _before.Remove(m.Of);
            TakeOver();
        });
        Receive<object>(_ => { }, _ => _homes is null);
        Receive<Protocol.Register>(Register);
        Receive<Protocol.GetShardHome>(ask => Answer(ask.Shard, Sender));
        Receive<Protocol.BeginHandOffDone>(b => Agree(b.Shard, Sender));
        Receive<Protocol.ShardStopped>(s => Finish(s.Shard, true));
        Receive<MoveTimeout>(t => Finish(t.Shard, false));
        Receive<Protocol.ShutDownRegion>(s => ShutDown(s.Region));
        Receive<Protocol.RegionStopped>(s => Forget(s.Region));
        Receive<LostForGood>(l => Forget(l.Region));
        Receive<Terminated>(t =>
        {
            if (!t.AddressTerminated || !_homes.Regions.Contains(NameOf(t.ActorRef))) Forget(t.ActorRef);
            else Lose(t.ActorRef);
        });
        Receive<Rebalance>(_ => Even());
        Receive<GetClusterShardingStats>(query => AskRegions(query.Timeout).PipeTo(Sender, Self));
    }

    public ITimerScheduler Timers { get; set; }
    private IEnumerable<IActorRef> Regions => _homes.Regions.Select(Resolve).ToList();

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(typeof(Rebalance), new Rebalance(), _type.RebalanceInterval);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <summary>By the events alone, in their order: the state may be ahead of them.</summary>
    private void Follow(ClusterEvent.IMemberEvent happening)
    {
        var (member, oldest) = (happening.Member, _type.Oldest(_members));
        _members = _members.Remove(member);
        if (happening is not ClusterEvent.MemberRemoved) _members = _members.Add(member);
        else if (_before.Contains(member)) Timers.StartSingleTimer(member, new MarginOver(member), _margin);
        if (happening is ClusterEvent.MemberDowned && member.Equals(oldest)) _before.Add(member);
        TakeOver();
    }

    private void TakeOver()
    {
        // One that is no member any more hears that all others are gone, too.
        var isMine = _type.Oldest(_members)?.UniqueAddress == _cluster.SelfUniqueAddress && _cluster.SelfMember.Status != MemberStatus.Removed
            && (_homes is not null || _before.Count == 0);
        if (isMine == _homes is not null) return;
        if (!isMine)
        {
            _homes = null;
            _proxies.Clear();
            _leaving.Clear();
            _lost.Clear();
            _moves.Clear();
            return;
        }
        _homes = _cluster.Membership.Shards.GetOrAdd(_type.Name, _ => new ShardHomes());
        foreach (var region in Regions)
        {
            if (IsMember(region)) Context.Watch(region);
            else Forget(region);
        }
    }

    private void Register(Protocol.Register register)
    {
        if (!IsMember(register.Region)) return;
        if (register.IsProxy) _proxies.Add(register.Region);
        else _homes.Add(NameOf(register.Region));
        Context.Watch(register.Region).Tell(new Protocol.Registered(Self));
    }

    private void Answer(string shard, IActorRef asker)
    {
        if (_moves.TryGetValue(shard, out var move))
        {
            move.Askers.Add(asker);
            return;
        }
        if (Home(shard) is { } home) asker.Tell(new Protocol.ShardHome(shard, home));
    }

    /// <summary>Where the shard is, or from now on is: in the region with the fewest. Null when nobody can take it, or nobody may say.</summary>
    private IActorRef Home(string shard)
    {
        if (_homes.Home(shard) is { } home) return _lost.Contains(Resolve(home)) ? null : Resolve(home);
        if (!_cluster.Membership.HasMajority(_cluster, _type.Role)) return null;
        var region = Regions.Where(IsToStay).OrderBy(IsOnItsWayOut).ThenBy(r => _homes.ShardsAt(NameOf(r)).Count).FirstOrDefault();
        return region is null ? null : Resolve(_homes.GetOrAllocate(shard, NameOf(region)));
    }

    private void Lose(IActorRef region)
    {
        _lost.Add(region);
        Timers.StartSingleTimer(region, new LostForGood(region), _margin);
        foreach (var shard in _moves.Keys.ToList()) Agree(shard, region);
    }

    private void Forget(IActorRef region)
    {
        _proxies.Remove(region);
        _leaving.Remove(region);
        _lost.Remove(region);
        _homes.Remove(NameOf(region));
        foreach (var (shard, move) in _moves.ToList())
        {
            if (move.From.Equals(region)) Finish(shard, true);
            else Agree(shard, region);
        }
    }

    private async Task<ClusterShardingStats> AskRegions(TimeSpan timeout)
    {
        var asked = Regions.ToDictionary(r => r, r => r.Ask<ShardRegionStats>(new Protocol.GetRegionStats(), timeout));
        await Task.WhenAll(asked.Values).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        return new ClusterShardingStats(asked.Where(a => a.Value.IsCompletedSuccessfully).ToImmutableDictionary(a => AddressOf(a.Key), a => a.Value.Result));
    }

    /// <summary>Where none is set, as long as a side takes to decide: then the other has come to its decision, too.</summary>
    private static TimeSpan MarginOf(Config config)
    {
        var margin = config.GetString("down-removal-margin") is "off" or "false" or "no" ? TimeSpan.Zero : config.GetTimeSpan("down-removal-margin");
        return margin > TimeSpan.Zero ? margin : config.GetTimeSpan("split-brain-resolver.stable-after");
    }

    private bool IsToStay(IActorRef region) => !_leaving.Contains(region) && !_lost.Contains(region);
    private bool IsMember(IActorRef region) => _cluster.State.Members.Any(m => m.Address == AddressOf(region));
    private bool IsOnItsWayOut(IActorRef region) => _cluster.State.Members.FirstOrDefault(m => m.Address == AddressOf(region))?.Status is not MemberStatus.Up;
    private Address AddressOf(IActorRef region) => region.Path.Address.Host is null ? _cluster.SelfAddress : region.Path.Address;
    private string NameOf(IActorRef region) => region.Path.At(AddressOf(region)).ToSerializationFormat();
    private IActorRef Resolve(string region) => _cluster.System.Provider.ResolveActorRef(region);

    private sealed record Rebalance;

    private sealed record MoveTimeout(string Shard);

    private sealed record MarginOver(Member Of);

    private sealed record LostForGood(IActorRef Region);
}
