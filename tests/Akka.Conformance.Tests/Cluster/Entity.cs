using System.Collections.Concurrent;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;

namespace Akka.Conformance.Cluster;

/// <summary>The sharded actor of the specs. It is told <c>id:text</c>, and says what it got, where it is, and in which of its lives.</summary>
public sealed class Entity : ReceiveActor
{
    public const string Type = "thing";

    private readonly Lives _lives;
    private readonly string _id;
    private readonly int _life;
    private bool _handingOver;

    public Entity(string id, Lives lives)
    {
        (_id, _lives) = (id, lives);
        _life = lives.Begin(id);
        var here = Akka.Cluster.Cluster.Get(Context.System).SelfAddress;
        Receive<string>(text => text.EndsWith(":rest"), _ => Context.Parent.Tell(new Passivate("end")));
        Receive<string>(text => text == "end", _ => End("end"));
        Receive<string>(text => Sender.Tell($"{id}|{text.Split(':')[1]}|{_life}|{here}"));
        Receive<HandOver>(_ =>
        {
            _handingOver = true;
            End("hand over");
        });
        Receive<MayEnd>(_ => Context.Stop(Self));
    }

    protected override void PostStop() => _lives.End(_id);

    public static AkkaConfigurationBuilder Host(AkkaConfigurationBuilder akka, Lives lives, string? role = "worker") => akka.WithShardRegion<Entity>(
        Type, id => Props.Create(() => new Entity(id, lives)), new Extractor(), new ShardOptions
        {
            Role = role,
            StateStoreMode = StateStoreMode.DData,
            RememberEntities = false,
            ShouldPassivateIdleEntities = false,
            HandOffStopMessage = new HandOver(),
        });

    private void End(string by)
    {
        _lives.Note($"{_id} {by}");
        if (!_handingOver || !_lives.KeepsHandOver) Context.Stop(Self);
        else _lives.MayEnd.Task.ContinueWith(_ => new MayEnd(), TaskScheduler.Default).PipeTo(Self);
    }

    public sealed class Extractor() : HashCodeMessageExtractor(20)
    {
        public override string? EntityId(object message) => message is string text && text.Contains(':') ? text.Split(':')[0] : null;
    }

    private sealed record HandOver;

    private sealed record MayEnd;
}

/// <summary>Who lives in this process, in whichever node, and who has ever lived twice at a time.</summary>
public sealed class Lives
{
    private readonly ConcurrentDictionary<string, int> _alive = new();
    private readonly ConcurrentDictionary<string, int> _begun = new();
    private readonly ConcurrentQueue<string> _notes = new();

    public bool KeepsHandOver { get; set; }
    public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public ConcurrentQueue<string> Doubles { get; } = new();
    public IEnumerable<string> Notes => _notes;

    public int Begin(string id)
    {
        if (_alive.AddOrUpdate(id, 1, (_, n) => n + 1) > 1) Doubles.Enqueue(id);
        return _begun.AddOrUpdate(id, 1, (_, n) => n + 1);
    }

    public void End(string id) => _alive.AddOrUpdate(id, 0, (_, n) => n - 1);
    public void Note(string what) => _notes.Enqueue(what);
}
