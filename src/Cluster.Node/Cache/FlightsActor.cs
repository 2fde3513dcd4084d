using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Flights;

namespace ProverCluster.Node.Cache;

/// <summary>The plain local parent of flights, where no cluster shards them. What comes for one that is about to stop is kept for its next life.</summary>
internal sealed class FlightsActor : ReceiveActor
{
    private readonly FlightTools _tools;
    private readonly Dictionary<string, List<(IFlightMessage Message, IActorRef Sender)>> _leaving = [];

    public FlightsActor(FlightTools tools)
    {
        _tools = tools;
        Receive<IFlightMessage>(message => PassOn(message, Sender));
        Receive<Passivate>(OnPassivate);
        Receive<Terminated>(gone => OnGone(gone.ActorRef.Path.Name));
    }

    public static Props Props(FlightTools tools) => Akka.Actor.Props.Create(() => new FlightsActor(tools));

    /// <summary>A flight that fails is lost: who waits is told by death watch, and boards again.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private void PassOn(IFlightMessage message, IActorRef sender)
    {
        if (_leaving.TryGetValue(message.Flight, out var kept))
            kept.Add((message, sender));
        else if (Context.Child(message.Flight) is { } child && !child.IsNobody())
            child.Tell(message, sender);
        else if (message is not FlightCommands.Leave && FlightName.TryParse(message.Flight, out var name))
            Context.ActorOf(FlightActor.Props(_tools, name), message.Flight).Tell(message, sender);
    }

    private void OnPassivate(Passivate passivate)
    {
        if (!_leaving.TryAdd(Sender.Path.Name, []))
            return;
        Context.Watch(Sender);
        Sender.Tell(passivate.StopMessage);
    }

    private void OnGone(string flight)
    {
        if (!_leaving.Remove(flight, out var kept))
            return;
        foreach (var (message, sender) in kept)
            PassOn(message, sender);
    }
}
