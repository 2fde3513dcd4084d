namespace Akka.Cluster.Sharding;

/// <summary>Moving shards: first every region agrees to send nothing more to it, then the one that has it ends it, then it gets a new home.</summary>
internal sealed partial class ShardCoordinator
{
    private readonly Dictionary<string, Move> _moves = [];

    private void ShutDown(IActorRef region)
    {
        if (!_homes.Regions.Contains(NameOf(region)) || !_leaving.Add(region)) return;
        foreach (var shard in _homes.ShardsAt(NameOf(region))) Begin(shard, region);
    }

    /// <summary>Evens the regions out, at a time when nobody is missing and nobody is about to join.</summary>
    private void Even()
    {
        var state = _cluster.State;
        var regions = Regions.Where(IsToStay).Select(NameOf).Select(_homes.ShardsAt).ToList();
        if (regions.Count < 2 || state.Unreachable.Count > 0 || state.Members.Any(m => m.Status == MemberStatus.Joining)) return;
        foreach (var shard in _type.ToMove(regions, _moves.Keys).ToList()) Begin(shard, Resolve(_homes.Home(shard)));
    }

    private void Begin(string shard, IActorRef from)
    {
        var regions = Regions.Concat(_proxies).Except(_lost).ToHashSet();
        if (!_moves.TryAdd(shard, new Move(from, regions, []))) return;
        Timers.StartSingleTimer((typeof(Move), shard), new MoveTimeout(shard), _type.HandOffTimeout);
        foreach (var region in regions.ToList()) region.Tell(new Protocol.BeginHandOff(shard));
    }

    private void Agree(string shard, IActorRef region)
    {
        if (_moves.TryGetValue(shard, out var move) && move.Waiting.Remove(region) && move.Waiting.Count == 0) move.From.Tell(new Protocol.HandOff(shard));
    }

    private void Finish(string shard, bool stopped)
    {
        if (!_moves.Remove(shard, out var move)) return;
        Timers.Cancel((typeof(Move), shard));
        if (stopped)
        {
            _homes.Deallocate(shard, NameOf(move.From));
            Home(shard);
        }
        else
        {
            _log.Warning("{0}: shard [{1}] was not handed over within {2}.", _type.Name, shard, _type.HandOffTimeout);
            _leaving.Remove(move.From);
        }
        foreach (var asker in move.Askers) Answer(shard, asker);
    }

    private sealed record Move(IActorRef From, HashSet<IActorRef> Waiting, HashSet<IActorRef> Askers);
}
