using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>
/// The records of this node, for lists and quotas; it also has the oldest settled ones forgotten when there are too many, and knows a way to records for nodes that have none
/// any more.
/// </summary>
internal sealed class RecordIndexActor : ReceiveActor
{
    /// <summary>Under this name every coordinator's node has one.</summary>
    public const string Name = "record-index";

    /// <summary>As many as fit into one message.</summary>
    public const int MostListed = 1000;

    private readonly int _mostSettled;
    private readonly Dictionary<IActorRef, IndexedRecord> _records = [];
    private readonly LinkedList<IActorRef> _settled = [];
    private readonly Dictionary<IActorRef, LinkedListNode<IActorRef>> _places = [];

    public RecordIndexActor(int mostSettled, Func<IActorRef> records)
    {
        _mostSettled = mostSettled;
        Receive<IndexedRecord>(OnRecord);
        Receive<RecordCommands.List>(list => Sender.Tell(new RecordEvents.Listed(List(list))));
        Receive<RecordCommands.Count>(count => Sender.Tell(new RecordEvents.Counted(Open(count.Owner))));
        Receive<RecordCommands.Adopt>(adopt => records().Forward(adopt));
        Receive<Terminated>(gone => Remove(gone.ActorRef));
    }

    /// <param name="mostSettled">How many that are settled are kept.</param>
    /// <param name="records">Where messages to records go.</param>
    public static Props Props(int mostSettled, Func<IActorRef> records) => Akka.Actor.Props.Create(() => new RecordIndexActor(mostSettled, records));

    private void OnRecord(IndexedRecord record)
    {
        if (!_records.ContainsKey(Sender))
            Context.Watch(Sender);
        _records[Sender] = record;
        if (record.State != GoalState.Settled)
        {
            if (_places.Remove(Sender, out var place))
                _settled.Remove(place);
        }
        else if (!_places.ContainsKey(Sender))
        {
            _places[Sender] = _settled.AddLast(Sender);
        }

        while (_settled.Count > _mostSettled)
        {
            var oldest = _settled.First!.Value;
            Remove(oldest);
            oldest.Tell(ForgetRecord.Instance);
        }
    }

    private void Remove(IActorRef gone)
    {
        _records.Remove(gone);
        if (_places.Remove(gone, out var place))
            _settled.Remove(place);
    }

    private int Open(string owner) => _records.Values.Count(record => record.Owner == owner && record.State != GoalState.Settled);

    private ListedGoal[] List(RecordCommands.List list) =>
    [
        .. _records.Values
            .Where(record => list.Who.Sees(record.Owner) && (list.State is null || list.State == record.State))
            .Where(record => list.Labels.All(label => record.Labels.TryGetValue(label.Key, out var text) && text == label.Value))
            .Select(record => record.Goal)
            .Where(goal => list.Before is null || goal.CompareTo(list.Before) > 0)
            .Order()
            .Take(Math.Min(list.Limit, MostListed)),
    ];
}

/// <summary>A record as it stands in the list of its node.</summary>
internal sealed record IndexedRecord(ListedGoal Goal, string Owner, GoalState State, IReadOnlyDictionary<string, string> Labels) : INoSerializationVerificationNeeded;
