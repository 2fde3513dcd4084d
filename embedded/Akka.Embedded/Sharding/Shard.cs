using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>The parent of the entities of one shard: makes one on its first message, and holds back what comes for one that is about to end.</summary>
internal sealed class Shard : ReceiveActor, IWithTimers
{
    private readonly string _id;
    private readonly ShardingType _type;
    private readonly Dictionary<string, IActorRef> _entities = [];
    private readonly Dictionary<IActorRef, string> _ids = [];

    /// <summary>What waits for the next life of those who are ending.</summary>
    private readonly Dictionary<string, Queue<(object Message, IActorRef Sender)>> _ending = [];
    private IActorRef _movesFor;

    public Shard(string id, ShardingType type)
    {
        (_id, _type) = (id, type);
        Receive<Ended>(e => Bury(e.Entity));
        Receive<Passivate>(p => Passivate(Sender, p.StopMessage));
        Receive<Protocol.GetShardState>(_ => Sender.Tell(new ShardState(_id, _entities.Keys.ToImmutableHashSet())));
        Receive<Protocol.HandOff>(_ => HandOff());
        Receive<StopTimeout>(_ =>
        {
            foreach (var entity in _ids.Keys) Context.Stop(entity);
        });
        ReceiveAny(Deliver);
    }

    public ITimerScheduler Timers { get; set; }

    private void Deliver(object message)
    {
        var id = _type.Extractor.EntityId(message);
        if (_movesFor is not null || string.IsNullOrEmpty(id)) Unhandled(message);
        else if (_ending.TryGetValue(id, out var waiting)) waiting.Enqueue((message, Sender));
        else Entity(id).Tell(_type.Extractor.EntityMessage(message), Sender);
    }

    private IActorRef Entity(string id)
    {
        if (_entities.TryGetValue(id, out var entity)) return entity;
        _entities[id] = entity = ((ActorCell)Context).AddChild(_type.EntityProps(id), Uri.EscapeDataString(id));
        _ids[entity] = id;
        return Context.WatchWith(entity, new Ended(entity));
    }

    private void Passivate(IActorRef entity, object stopMessage)
    {
        if (_ids.TryGetValue(entity, out var id) && _ending.TryAdd(id, new())) entity.Tell(stopMessage);
    }

    private void Bury(IActorRef entity)
    {
        if (!_ids.Remove(entity, out var id)) return;
        _entities.Remove(id);
        if (_movesFor is not null) FinishHandOff();
        else if (_ending.Remove(id, out var waiting))
            foreach (var (message, sender) in waiting) Entity(id).Tell(_type.Extractor.EntityMessage(message), sender);
    }

    private void HandOff()
    {
        if (_movesFor is not null) return;
        _movesFor = Sender;
        foreach (var entity in _ids.Keys) entity.Tell(_type.StopMessage);
        var most = _type.HandOffTimeout - TimeSpan.FromSeconds(5);
        Timers.StartSingleTimer(typeof(StopTimeout), new StopTimeout(), most > TimeSpan.FromSeconds(1) ? most : TimeSpan.FromSeconds(1));
        FinishHandOff();
    }

    private void FinishHandOff()
    {
        if (_entities.Count > 0) return;
        _movesFor.Tell(new Protocol.ShardStopped(_id));
        Context.Stop(Self);
    }

    private sealed record Ended(IActorRef Entity);

    private sealed record StopTimeout;
}
