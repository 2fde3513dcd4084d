using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The way to all entities of one type from one node: passes on to where each shard is, keeps what comes for a shard while that cannot be said, and hosts the shards
/// that are here. As a proxy it hosts none.
/// </summary>
internal sealed class ShardRegion : ReceiveActor, IWithTimers
{
    private readonly ShardingType _type;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Config _config = Context.System.Settings.Config.GetConfig("akka.cluster.sharding");
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TaskCompletionSource<Done> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, IActorRef> _shards = [];
    private readonly Dictionary<string, Queue<Envelope>> _waiting = [];
    private readonly TimeSpan _margin;
    private readonly int _mostWaiting;
    private readonly ShardHost _here;
    private ShardTable _table;

    public ShardRegion(ShardingType type)
    {
        _type = type;
        _here = new ShardHost(_cluster, Self, type.EntityProps is not null && (string.IsNullOrEmpty(type.Role) || _cluster.SelfRoles.Contains(type.Role)));
        (_margin, _mostWaiting) = (MarginOf(Context.System.Settings.Config.GetConfig("akka.cluster")), _config.GetInt("buffer-size"));
        Receive<ClusterEvent.MemberRemoved>(OnRemoved);
        Receive<ClusterEvent.MemberDowned>(downed => downed.Member.UniqueAddress == _cluster.SelfUniqueAddress, _ => Context.Stop(Self));
        Receive<ClusterEvent.MemberUp>(up => up.Member.UniqueAddress == _cluster.SelfUniqueAddress, _ => Begin());
        Receive<ClusterEvent.IMemberEvent>(_ => PassOn());
        Receive<MarginOver>(m => TakeOut(m.Of));
        Receive<ShardEnded>(e => FinishMove(e.Shard));
        Receive<MoveShard>(m => Move(m.Shard));
        Receive<Retry>(_ => PassOn());
        Receive<Rebalance>(_ => Even());
        Receive<Leave>(_ => LeaveInOrder());
        Receive<LeaveTimeout>(_ =>
        {
            _log.Warning("{0}: the shards [{1}] were not handed over in time, so the region stops with them.", _type.Name, string.Join(", ", _shards.Keys));
            Context.Stop(Self);
        });
        Receive<GetShardRegionState>(query => _ = AskShards().PipeTo(Sender, Self));
        ReceiveAny(message =>
        {
            if (_type.Extractor.EntityId(message) is { Length: > 0 } id) Deliver(_type.Extractor.ShardId(id, message), new Envelope(message, Sender));
            else _log.Warning("{0}: Message does not have an extractor defined in shard so it was ignored: {1}", _type.Name, message);
        });
    }

    public ITimerScheduler Timers { get; set; }

    protected override void PreStart()
    {
        var self = Self;
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseClusterShardingShutdownRegion, "region-shutdown", () =>
        {
            if (_cluster.IsTerminated || _cluster.SelfMember.Status == MemberStatus.Down) return Task.FromResult(Done.Instance);
            self.Tell(new Leave(), ActorRefs.NoSender);
            return _ended.Task;
        });
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(typeof(Retry), new Retry(), _config.GetTimeSpan("retry-interval"));
        Timers.StartPeriodicTimer(typeof(Rebalance), new Rebalance(), _config.GetTimeSpan("rebalance-interval"));
    }

    /// <summary>Nothing lives here any more. Of a node that is cut off, or has lost its power, the others only find out.</summary>
    protected override void PostStop()
    {
        if (_cluster.Transport.Reaches(_cluster.SelfAddress) && _cluster.Membership?.HasMajority(_cluster, _type.Role) == true) _table?.Remove(h => h == _here);
        _cluster.Unsubscribe(Self);
        _ended.TrySetResult(Done.Instance);
    }

    private void Begin()
    {
        if (_table is not null) return;
        _table = _cluster.Membership.Shards.GetOrAdd(_type.Name, _ => new ShardTable(_type.Role));
        _table.Add(_here);
    }

    private void OnRemoved(ClusterEvent.MemberRemoved removed)
    {
        var member = removed.Member;
        if (member.UniqueAddress == _cluster.SelfUniqueAddress) Context.Stop(Self);
        else if (removed.PreviousStatus == MemberStatus.Down) Timers.StartSingleTimer(member, new MarginOver(member), _margin);
        else if (removed.PreviousStatus == MemberStatus.Exiting) TakeOut(member);
    }

    /// <summary>Whoever is on the side that goes on does it, each for all.</summary>
    private void TakeOut(Member member)
    {
        if (_cluster.Membership.HasMajority(_cluster, _type.Role)) _table?.Remove(h => h.Node.SelfUniqueAddress == member.UniqueAddress);
        else Timers.StartSingleTimer(member, new MarginOver(member), _margin);
    }

    private void Deliver(string shard, Envelope envelope)
    {
        if (!_waiting.ContainsKey(shard) && TryPass(shard, envelope)) return;
        if (_waiting.Values.Sum(q => q.Count) >= _mostWaiting) return;
        _waiting.TryAdd(shard, new());
        _waiting[shard].Enqueue(envelope);
    }

    private bool TryPass(string shard, Envelope envelope) =>
        _table?.Pass(shard, _here, home => (home == _here ? Shard(shard) : _here.RefOf(home)).Tell(envelope.Message, envelope.Sender)) == true;

    private void PassOn()
    {
        foreach (var shard in _waiting.Keys.ToList()) PassOn(shard);
        StopWhenEmpty();
    }

    private void PassOn(string shard)
    {
        if (!_waiting.TryGetValue(shard, out var waiting)) return;
        while (waiting.TryPeek(out var next) && TryPass(shard, next)) waiting.Dequeue();
        if (waiting.Count == 0) _waiting.Remove(shard);
    }

    private IActorRef Shard(string shard)
    {
        if (_shards.TryGetValue(shard, out var actor)) return actor;
        actor = ((ActorCell)Context).AddChild(Props.Create(() => new Shard(shard, _type)), Uri.EscapeDataString(shard));
        return _shards[shard] = Context.WatchWith(actor, new ShardEnded(shard));
    }

    private void Move(string shard)
    {
        if (_shards.TryGetValue(shard, out var actor)) actor.Tell(new Shard.Move());
        else FinishMove(shard);
    }

    private void FinishMove(string shard)
    {
        _shards.Remove(shard);
        _table.Moved(shard, () => PassOn(shard));
        StopWhenEmpty();
    }

    /// <summary>At a time when nobody is missing and nobody is about to join.</summary>
    private void Even()
    {
        var state = _cluster.State;
        if (_table is null || state.Unreachable.Count > 0 || state.Members.Any(m => m.Status == MemberStatus.Joining)) return;
        var limits = _config.GetConfig("least-shard-allocation-strategy");
        foreach (var (shard, home) in _table.Even(_here, limits.GetInt("rebalance-absolute-limit"), limits.GetDouble("rebalance-relative-limit")))
            home.Region.Tell(new MoveShard(shard));
    }

    private void LeaveInOrder()
    {
        var most = CoordinatedShutdown.Get(Context.System).Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion) - TimeSpan.FromSeconds(1);
        if (most > TimeSpan.Zero) Timers.StartSingleTimer(typeof(LeaveTimeout), new LeaveTimeout(), most);
        _table?.Leave(_here).ForEach(Move);
        _here.IsLeaving = true;
        PassOn();
    }

    private void StopWhenEmpty()
    {
        if (_here.IsLeaving && _shards.Count == 0 && _waiting.Count == 0) Context.Stop(Self);
    }

    private async Task<CurrentShardRegionState> AskShards()
    {
        var most = _config.GetTimeSpan("shard-region-query-timeout");
        var asked = _shards.ToDictionary(s => s.Key, s => s.Value.Ask<ShardState>(new Shard.GetShardState(), most));
        await Task.WhenAll(asked.Values).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        var (answered, failed) = (asked.Where(a => a.Value.IsCompletedSuccessfully), asked.Where(a => !a.Value.IsCompletedSuccessfully));
        return new CurrentShardRegionState(answered.Select(a => a.Value.Result).ToImmutableHashSet(), failed.Select(a => a.Key).ToImmutableHashSet());
    }

    /// <summary>Where none is set, as long as a side takes to decide: then the other has come to its decision, too.</summary>
    private static TimeSpan MarginOf(Config cluster)
    {
        var margin = cluster.GetString("down-removal-margin") is "off" or "false" or "no" ? TimeSpan.Zero : cluster.GetTimeSpan("down-removal-margin");
        return margin > TimeSpan.Zero ? margin : cluster.GetTimeSpan("split-brain-resolver.stable-after");
    }

    /// <summary>What waits may find its way now.</summary>
    internal sealed record Retry;

    /// <summary>A shard that is here is to be elsewhere.</summary>
    private sealed record MoveShard(string Shard);

    private sealed record ShardEnded(string Shard);

    private sealed record MarginOver(Member Of);

    private sealed record Rebalance;

    private sealed record Leave;

    private sealed record LeaveTimeout;
}
