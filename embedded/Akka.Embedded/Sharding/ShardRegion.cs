using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The way to all entities of one type from one node: knows from the coordinator where each shard is, keeps what comes for a shard
/// whose place is not known, and hosts the shards that are here. As a proxy it hosts none.
/// </summary>
internal sealed partial class ShardRegion : ReceiveActor, IWithTimers
{
    private readonly ShardingType _type;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TaskCompletionSource<Done> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, IActorRef> _homes = [];
    private readonly Dictionary<string, IActorRef> _shards = [];
    private readonly Dictionary<string, Queue<(object Message, IActorRef Sender)>> _waiting = [];
    private Member _oldest;
    private IActorRef _coordinator;
    private TimeSpan _registerAgainAfter;
    private bool _leaving;

    public ShardRegion(ShardingType type)
    {
        _type = type;
        Receive<ClusterEvent.CurrentClusterState>(_ => FindCoordinator());
        Receive<ClusterEvent.IMemberEvent>(Follow);
        Receive<Terminated>(t => Forget(t.ActorRef));
        Receive<Protocol.Registered>(r =>
        {
            _coordinator = Context.Watch(r.Coordinator);
            Timers.Cancel(typeof(Register));
            AskAgain();
        });
        Receive<Protocol.ShardHome>(h => Settle(h.Shard, h.Region));
        Receive<Protocol.BeginHandOff>(b =>
        {
            _homes.Remove(b.Shard);
            Sender.Tell(new Protocol.BeginHandOffDone(b.Shard));
        });
        Receive<Protocol.HandOff>(HandOff);
        Receive<Register>(_ => RegisterUntilHeard());
        Receive<Retry>(_ => AskAgain());
        Receive<Leave>(_ => LeaveInOrder());
        Receive<LeaveTimeout>(_ =>
        {
            _log.Warning("{0}: the shards [{1}] were not handed over in time, so the region stops with them.", _type.Name, string.Join(", ", _shards.Keys));
            Context.Stop(Self);
        });
        Receive<GetShardRegionState>(_ => AskShards((states, failed) => new CurrentShardRegionState(states.ToImmutableHashSet(), failed)));
        Receive<Protocol.GetRegionStats>(_ => AskShards((states, failed) =>
            new ShardRegionStats(states.ToImmutableDictionary(s => s.ShardId, s => s.EntityIds.Count), failed)));
        Receive<GetClusterShardingStats>(query =>
        {
            if (_coordinator is not null) _coordinator.Forward(query);
            else Sender.Tell(new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty));
        });
        ReceiveAny(message =>
        {
            if (_type.Extractor.EntityId(message) is { } id) Deliver(_type.Extractor.ShardId(id, message), message, Sender);
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
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(typeof(Retry), new Retry(), _type.RetryInterval);
    }

    protected override void PostStop()
    {
        _coordinator?.Tell(new Protocol.RegionStopped(Self));
        _cluster.Unsubscribe(Self);
        _ended.TrySetResult(Done.Instance);
    }

    private void Deliver(string shard, object message, IActorRef sender)
    {
        if (string.IsNullOrEmpty(shard)) Context.System.DeadLetters.Tell(message, sender);
        else if (!_waiting.ContainsKey(shard) && _homes.TryGetValue(shard, out var home)) (home.Equals(Self) ? Shard(shard) : home).Tell(message, sender);
        else if (_waiting.Values.Sum(q => q.Count) >= _type.BufferSize) Context.System.DeadLetters.Tell(message, sender);
        else
        {
            if (_waiting.TryAdd(shard, new())) _coordinator?.Tell(new Protocol.GetShardHome(shard));
            _waiting[shard].Enqueue((message, sender));
        }
    }

    private void Settle(string shard, IActorRef home)
    {
        // A shard that is on its way out is not to be made anew here, or not yet.
        if (home.Equals(Self) && (_shards.TryGetValue(shard, out var here) ? _handingOff.Contains(here) : _leaving)) return;
        _homes[shard] = home;
        if (!home.Equals(Self)) Context.Watch(home);
        if (!_waiting.Remove(shard, out var waiting)) return;
        foreach (var (message, sender) in waiting) Deliver(shard, message, sender);
    }

    private IActorRef Shard(string shard)
    {
        if (_shards.TryGetValue(shard, out var actor)) return actor;
        actor = ((ActorCell)Context).AddChild(Props.Create(typeof(Shard), shard, _type), Uri.EscapeDataString(shard));
        return _shards[shard] = Context.Watch(actor);
    }

    private void AskShards<T>(Func<IEnumerable<ShardState>, IImmutableSet<string>, T> answer)
    {
        var asked = _shards.ToDictionary(s => s.Key, s => s.Value.Ask<ShardState>(new Protocol.GetShardState(), _type.QueryTimeout));
        Answer().PipeTo(Sender, Self);

        async Task<T> Answer()
        {
            await Task.WhenAll(asked.Values).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            var failed = asked.Where(a => !a.Value.IsCompletedSuccessfully).Select(a => a.Key).ToImmutableHashSet();
            return answer(asked.Where(a => a.Value.IsCompletedSuccessfully).Select(a => a.Value.Result), failed);
        }
    }

    private sealed record Register;

    private sealed record Retry;

    private sealed record Leave;

    private sealed record LeaveTimeout;
}
