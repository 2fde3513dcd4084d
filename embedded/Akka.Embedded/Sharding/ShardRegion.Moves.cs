namespace Akka.Cluster.Sharding;

/// <summary>Following the coordinator from node to node, and giving shards up.</summary>
internal sealed partial class ShardRegion
{
    private readonly HashSet<IActorRef> _handingOff = [];

    private void Follow(ClusterEvent.IMemberEvent happening)
    {
        if (happening.Member.UniqueAddress == _cluster.SelfUniqueAddress && happening is ClusterEvent.MemberRemoved or ClusterEvent.MemberDowned) Context.Stop(Self);
        else FindCoordinator();
    }

    private void FindCoordinator()
    {
        var oldest = _type.Oldest(_cluster.State.Members);
        if (Equals(oldest, _oldest)) return;
        (_oldest, _coordinator) = (oldest, null);
        _registerAgainAfter = TimeSpan.FromMilliseconds(Math.Max(100, _type.RetryInterval.TotalMilliseconds / 8));
        RegisterUntilHeard();
    }

    /// <summary>The new coordinator may not know yet that it is one.</summary>
    private void RegisterUntilHeard()
    {
        if (_oldest is null || _coordinator is not null) return;
        TellCoordinator(new Protocol.Register(Self, _type.EntityProps is null));
        Timers.StartSingleTimer(typeof(Register), new Register(), _registerAgainAfter);
        if (_registerAgainAfter < _type.RetryInterval) _registerAgainAfter *= 2;
    }

    private void AskAgain()
    {
        if (_coordinator is null) RegisterUntilHeard();
        foreach (var shard in _waiting.Keys) _coordinator?.Tell(new Protocol.GetShardHome(shard));
        if (_leaving) TellCoordinator(new Protocol.ShutDownRegion(Self));
        StopWhenEmpty();
    }

    private void TellCoordinator(object message)
    {
        if (_oldest is null) return;
        var path = new RootActorPath(_oldest.Address) / "system" / ClusterSharding.Folder / _type.CoordinatorName;
        ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path).Tell(message);
    }

    private void HandOff(Protocol.HandOff order)
    {
        // It may have been sent on by others before they knew that the shard moves, and would come after what they send now.
        if (_waiting.Remove(order.Shard, out var overtaken))
            foreach (var (message, sender) in overtaken) Context.System.DeadLetters.Tell(message, sender);
        if (_shards.TryGetValue(order.Shard, out var shard))
        {
            _handingOff.Add(shard);
            shard.Forward(order);
        }
        else
        {
            Sender.Tell(new Protocol.ShardStopped(order.Shard));
        }
    }

    private void LeaveInOrder()
    {
        _leaving = true;
        var most = CoordinatedShutdown.Get(Context.System).Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion) - TimeSpan.FromSeconds(1);
        if (most > TimeSpan.Zero) Timers.StartSingleTimer(typeof(LeaveTimeout), new LeaveTimeout(), most);
        AskAgain();
    }

    private void StopWhenEmpty()
    {
        if (_leaving && _shards.Count == 0 && _waiting.Count == 0) Context.Stop(Self);
    }

    private void Forget(IActorRef dead)
    {
        if (dead.Equals(_coordinator))
        {
            _coordinator = null;
            RegisterUntilHeard();
        }
        foreach (var shard in _homes.Where(h => h.Value.Equals(dead)).Select(h => h.Key).ToList()) _homes.Remove(shard);
        _handingOff.Remove(dead);
        foreach (var shard in _shards.Where(s => s.Value.Equals(dead)).Select(s => s.Key).ToList()) _shards.Remove(shard);
        StopWhenEmpty();
    }
}
