using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>The plain local parent of records, where no cluster shards them. What comes for a record that is about to stop is kept for its next life.</summary>
internal sealed class RecordsActor : ReceiveActor
{
    private readonly RecordTools _tools;
    private readonly Dictionary<IActorRef, List<(IRecordMessage Message, IActorRef Sender)>> _leaving = [];

    public RecordsActor(RecordTools tools)
    {
        _tools = tools;
        Receive<IRecordMessage>(OnMessage);
        Receive<Passivate>(OnPassivate);
        Receive<Terminated>(OnLeft);
    }

    public static Props Props(RecordTools tools) => Akka.Actor.Props.Create(() => new RecordsActor(tools));

    /// <summary>A record that fails is lost; those who wait for it submit it again.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private void OnMessage(IRecordMessage message)
    {
        var record = Record(message.Goal);
        if (_leaving.TryGetValue(record, out var kept))
            kept.Add((message, Sender));
        else
            record.Forward(message);
    }

    private void OnPassivate(Passivate passivate)
    {
        if (!_leaving.TryAdd(Sender, []))
            return;
        Context.Watch(Sender);
        Sender.Tell(passivate.StopMessage);
    }

    private void OnLeft(Terminated left)
    {
        if (!_leaving.Remove(left.ActorRef, out var kept))
            return;
        foreach (var (message, sender) in kept)
            Self.Tell(message, sender);
    }

    private IActorRef Record(GoalId id) =>
        Context.Child(id.Value) is { } child && !child.IsNobody() ? child : Context.ActorOf(GoalRecordActor.Props(_tools), id.Value);
}
