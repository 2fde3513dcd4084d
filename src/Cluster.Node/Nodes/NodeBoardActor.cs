using Akka.Actor;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node.Nodes;

/// <summary>Hears what nodes offer, and keeps the <see cref="NodeBoard"/> of this process true.</summary>
internal sealed class NodeBoardActor : ReceiveActor
{
    private readonly NodeBoard _board;

    public NodeBoardActor(NodeBoard board)
    {
        _board = board;
        Receive<NodeEvents.Offered>(OnOffered);
        Receive<AgentGone>(OnAgentGone);
        Receive<Reach>(reach => _board.Reach(reach.Node, reach.IsReachable));
    }

    public static Props Props(NodeBoard board) => Akka.Actor.Props.Create(() => new NodeBoardActor(board));

    private void OnOffered(NodeEvents.Offered offered)
    {
        if (!Sender.Equals(_board.AgentOf(offered.Node)))
            Context.WatchWith(Sender, new AgentGone(offered.Node, Sender));
        _board.Put(offered, Sender);
    }

    private void OnAgentGone(AgentGone gone)
    {
        if (gone.Agent.Equals(_board.AgentOf(gone.Node)))
            _board.Remove(gone.Node, "it is gone");
    }

    private sealed record AgentGone(string Node, IActorRef Agent) : INoSerializationVerificationNeeded;
}

/// <summary>A node is out of reach, or in reach again.</summary>
internal sealed record Reach(string Node, bool IsReachable) : INoSerializationVerificationNeeded;
