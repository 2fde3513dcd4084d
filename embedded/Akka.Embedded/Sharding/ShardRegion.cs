using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The way to all entities of one type from one node: passes on to where each shard is, keeps what comes for a shard while that cannot be said, and is the parent of the
/// entities of those shards that are here. It makes one on its first message, and holds back what comes for one that is about to end. As a proxy it has none.
/// </summary>
internal sealed class ShardRegion : ReceiveActor, IWithTimers
{
    private readonly ShardingType _type;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Config _config = Context.System.Settings.Config.GetConfig("akka.cluster.sharding");
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TaskCompletionSource<Done> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The shards that are here, with their entities.</summary>
    private readonly Dictionary<string, Dictionary<string, IActorRef>> _shards = [];
    private readonly HashSet<string> _moving = [];

    /// <summary>What waits for the next life of entities that are ending.</summary>
    private readonly Dictionary<string, Queue<Envelope>> _ending = [];

    /// <summary>What waits for shards of which nobody can say where they are.</summary>
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
        Receive<Passivate>(p => Passivate(Sender, p.StopMessage));
        Receive<Ended>(e => Bury(e.Shard, e.Id));
        Receive<MoveShard>(m => Move(m.Shard));
        Receive<MoveTimeout>(t => EntitiesIn(t.Shard).ForEach(Context.Stop));
        Receive<Retry>(_ => PassOn());
        Receive<Rebalance>(_ => Even());
        Receive<Leave>(_ => LeaveInOrder());
        Receive<LeaveTimeout>(_ =>
        {
            Warn($"the shards [{string.Join(", ", _shards.Keys)}] were not handed over in time, so the region stops with them.");
            Context.Stop(Self);
        });
        Receive<GetShardRegionState>(_ => Sender.Tell(new CurrentShardRegionState([.. _shards.Select(s => new ShardState(s.Key, [.. s.Value.Keys]))], [])));
        ReceiveAny(message =>
        {
            if (_type.Extractor.EntityId(message) is { Length: > 0 } id) Deliver(_type.Extractor.ShardId(id, message), id, new Envelope(message, Sender));
            else Warn($"nobody is meant by this message, so it was ignored: {message}");
        });
    }

    public ITimerScheduler Timers { get; set; }

    protected internal override void PreStart()
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
    protected internal override void PostStop()
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

    private void Deliver(string shard, string id, Envelope envelope)
    {
        if (!_waiting.ContainsKey(shard) && TryPass(shard, id, envelope)) return;
        if (_waiting.Values.Sum(q => q.Count) >= _mostWaiting) return;
        _waiting.TryAdd(shard, new());
        _waiting[shard].Enqueue(envelope);
    }

    private bool TryPass(string shard, string id, Envelope envelope) => _table?.Pass(shard, _here, home =>
    {
        if (home != _here) _here.RefOf(home).Tell(envelope.Message, envelope.Sender);
        else if (_ending.TryGetValue(id, out var waiting)) waiting.Enqueue(envelope);
        else Entity(shard, id).Tell(envelope.Message, envelope.Sender);
    }) == true;

    private void PassOn()
    {
        foreach (var shard in _waiting.Keys.ToList()) PassOn(shard);
        StopWhenEmpty();
    }

    private void PassOn(string shard)
    {
        if (!_waiting.TryGetValue(shard, out var waiting)) return;
        while (waiting.TryPeek(out var next) && TryPass(shard, _type.Extractor.EntityId(next.Message), next)) waiting.Dequeue();
        if (waiting.Count == 0) _waiting.Remove(shard);
    }

    private IActorRef Entity(string shard, string id)
    {
        if (!_shards.TryGetValue(shard, out var entities)) _shards[shard] = entities = [];
        if (entities.TryGetValue(id, out var entity)) return entity;
        entities[id] = entity = ((ActorCell)Context).AddChild(_type.EntityProps(id), Uri.EscapeDataString(id));
        return Context.WatchWith(entity, new Ended(shard, id));
    }

    private List<IActorRef> EntitiesIn(string shard) => [.. _shards.GetValueOrDefault(shard)?.Values ?? Enumerable.Empty<IActorRef>()];

    private void Passivate(IActorRef entity, object stopMessage)
    {
        if (Context.Child(entity.Path.Name).Equals(entity) && _ending.TryAdd(Uri.UnescapeDataString(entity.Path.Name), new())) entity.Tell(stopMessage);
    }

    private void Bury(string shard, string id)
    {
        _shards[shard].Remove(id);
        _ending.Remove(id, out var waiting);
        foreach (var next in waiting ?? []) Deliver(shard, id, next);
        FinishMove(shard);
    }

    private void Move(string shard)
    {
        _moving.Add(shard);
        EntitiesIn(shard).ForEach(entity => entity.Tell(_type.StopMessage));
        var most = _config.GetTimeSpan("handoff-timeout") - TimeSpan.FromSeconds(5);
        Timers.StartSingleTimer(shard, new MoveTimeout(shard), most > TimeSpan.FromSeconds(1) ? most : TimeSpan.FromSeconds(1));
        FinishMove(shard);
    }

    /// <summary>Once nobody is left in it.</summary>
    private void FinishMove(string shard)
    {
        if (EntitiesIn(shard).Count > 0 || !_moving.Remove(shard)) return;
        _shards.Remove(shard);
        Timers.Cancel(shard);
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

    private void Warn(string what) => _log.Log(LogLevel.WarningLevel, null, $"{_type.Name}: {what}");

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

    private sealed record MoveTimeout(string Shard);

    private sealed record Ended(string Shard, string Id);

    private sealed record MarginOver(Member Of);

    private sealed record Rebalance;

    private sealed record Leave;

    private sealed record LeaveTimeout;
}
