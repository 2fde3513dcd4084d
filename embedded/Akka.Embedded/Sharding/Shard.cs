using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>The parent of the entities of one shard: makes one on its first message, and holds back what comes for one that is about to end.</summary>
internal sealed class Shard : ReceiveActor, IWithTimers
{
    private readonly string _id;
    private readonly ShardingType _type;
    private readonly Dictionary<string, IActorRef> _entities = [];

    /// <summary>What waits for the next life of those who are ending.</summary>
    private readonly Dictionary<string, Queue<Envelope>> _ending = [];
    private bool _isMoving;

    public Shard(string id, ShardingType type)
    {
        (_id, _type) = (id, type);
        Receive<Ended>(e => Bury(e.Id));
        Receive<Passivate>(p => Passivate(Sender, p.StopMessage));
        Receive<GetShardState>(_ => Sender.Tell(new ShardState(_id, _entities.Keys.ToImmutableHashSet())));
        Receive<Move>(_ => MoveAway());
        Receive<StopTimeout>(_ => Context.Stop(Self));
        ReceiveAny(Deliver);
    }

    public ITimerScheduler Timers { get; set; }

    private void Deliver(object message)
    {
        var id = _type.Extractor.EntityId(message);
        if (_ending.TryGetValue(id, out var waiting)) waiting.Enqueue(new Envelope(message, Sender));
        else Entity(id).Tell(message, Sender);
    }

    private IActorRef Entity(string id)
    {
        if (_entities.TryGetValue(id, out var entity)) return entity;
        _entities[id] = entity = ((ActorCell)Context).AddChild(_type.EntityProps(id), Uri.EscapeDataString(id));
        return Context.WatchWith(entity, new Ended(id));
    }

    private void Passivate(IActorRef entity, object stopMessage)
    {
        var id = Uri.UnescapeDataString(entity.Path.Name);
        if (_entities.TryGetValue(id, out var known) && known.Equals(entity) && _ending.TryAdd(id, new())) entity.Tell(stopMessage);
    }

    private void Bury(string id)
    {
        _entities.Remove(id);
        if (_isMoving) StopWhenEmpty();
        else if (_ending.Remove(id, out var waiting))
            foreach (var (message, sender) in waiting) Entity(id).Tell(message, sender);
    }

    private void MoveAway()
    {
        _isMoving = true;
        foreach (var entity in _entities.Values) entity.Tell(_type.StopMessage);
        var most = Context.System.Settings.Config.GetTimeSpan("akka.cluster.sharding.handoff-timeout") - TimeSpan.FromSeconds(5);
        Timers.StartSingleTimer(typeof(StopTimeout), new StopTimeout(), most > TimeSpan.FromSeconds(1) ? most : TimeSpan.FromSeconds(1));
        StopWhenEmpty();
    }

    private void StopWhenEmpty()
    {
        if (_entities.Count == 0) Context.Stop(Self);
    }

    public sealed record GetShardState;

    /// <summary>All entities are to end, and the shard with them.</summary>
    public sealed record Move;

    private sealed record Ended(string Id);

    private sealed record StopTimeout;
}
