using Akka.Actor;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node.Nodes;

/// <summary>Hears what nodes offer, and keeps the <see cref="NodeBoard"/> of this process true.</summary>
internal sealed class NodeBoardActor : ReceiveActor, IWithTimers
{
    /// <summary>
    /// How long a node may be out of reach before what runs there is lost. Whoever comes back from behind a cut blames, for a moment, everybody it could not
    /// hear: nodes that have nothing to do with it are out of reach then, and in reach again as soon as it has heard them.
    /// </summary>
    internal static readonly TimeSpan ReachPatience = TimeSpan.FromSeconds(2);

    private readonly NodeBoard _board;

    public NodeBoardActor(NodeBoard board)
    {
        _board = board;
        Receive<NodeEvents.Offered>(OnOffered);
        Receive<AgentGone>(OnAgentGone);
        Receive<Reach>(OnReach);
        Receive<GiveUp>(giveUp => _board.GiveUp(giveUp.Node));
    }

    public ITimerScheduler Timers { get; set; } = null!;

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

    private void OnReach(Reach reach)
    {
        _board.Reach(reach.Node, reach.IsReachable);
        if (reach.IsReachable)
            Timers.Cancel(reach.Node);
        else
            Timers.StartSingleTimer(reach.Node, new GiveUp(reach.Node), ReachPatience);
    }

    private sealed record GiveUp(string Node) : INoSerializationVerificationNeeded;

    private sealed record AgentGone(string Node, IActorRef Agent) : INoSerializationVerificationNeeded;
}

/// <summary>A node is out of reach, or in reach again.</summary>
internal sealed record Reach(string Node, bool IsReachable) : INoSerializationVerificationNeeded;
