using Akka.Actor;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// Hears what nodes offer, and who is gone or out of reach, and keeps the <see cref="NodeBoard"/> of this process true. A node that is started again under its
/// old name may be heard of before the end of its former life is: whatever is told of a node is told of one life of it.
/// </summary>
internal sealed class NodeBoardActor : ReceiveActor, IWithTimers
{
    /// <summary>
    /// How long nothing may be heard here of a node that is out of reach before what runs there is lost. A node is out of reach for all as soon as one cannot hear it, and
    /// whoever comes back from behind a cut has heard nobody: so one that goes on telling this node what it offers, once a second, loses nothing.
    /// </summary>
    internal static readonly TimeSpan ReachPatience = TimeSpan.FromSeconds(2);

    private readonly NodeBoard _board;

    /// <summary>Of each node the last life that is over: what it said last may arrive after that.</summary>
    private readonly Dictionary<string, long> _over = [];

    /// <summary>The lives that are out of reach and have offered nothing here yet: nobody says so a second time.</summary>
    private readonly HashSet<(string Node, long Life)> _outOfReach = [];

    public NodeBoardActor(NodeBoard board)
    {
        _board = board;
        Receive<NodeEvents.Offered>(OnOffered);
        Receive<Terminated>(OnAgentGone);
        Receive<Reach>(OnReach);
        Receive<GiveUp>(giveUp => _board.GiveUp(giveUp.Node));
        Receive<Gone>(gone => End(gone.Node, gone.Life, "it has left the cluster"));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeBoard board) => Akka.Actor.Props.Create(() => new NodeBoardActor(board));

    private void OnOffered(NodeEvents.Offered offered)
    {
        if (IsOver(offered.Node, offered.Life))
            return;
        if (_board.Nodes.GetValueOrDefault(offered.Node) is { } known && known.Offered.Life != offered.Life)
            End(offered.Node, known.Offered.Life, "it was started anew");
        Context.Watch(Sender);
        var isOutOfReach = _outOfReach.Remove((offered.Node, offered.Life));
        if (isOutOfReach || Timers.IsTimerActive(offered.Node))
            BePatient(offered.Node);
        _board.Put(offered, Sender, !isOutOfReach);
    }

    private void OnAgentGone(Terminated gone)
    {
        // If that is not certain, membership tells whose end it is, and a node that lives says again what it offers, and is watched anew.
        if (!gone.IsCertain())
            return;
        foreach (var node in _board.Nodes.Values.Where(node => node.Agent.Equals(gone.ActorRef)))
            End(node.Offered.Node, node.Offered.Life, "it is gone");
    }

    private void OnReach(Reach reach)
    {
        if (_board.Find(reach.Node, reach.Life) is null)
        {
            Foresee(reach);
            return;
        }

        if (reach.IsReachable)
            Timers.Cancel(reach.Node);
        else
            BePatient(reach.Node);
        _board.Reach(reach.Node, reach.IsReachable);
    }

    private void Foresee(Reach reach)
    {
        if (reach.IsReachable)
            _outOfReach.Remove((reach.Node, reach.Life));
        else if (!IsOver(reach.Node, reach.Life))
            _outOfReach.Add((reach.Node, reach.Life));
    }

    private bool IsOver(string node, long life) => _over.TryGetValue(node, out var over) && over == life;

    private void BePatient(string node) => Timers.StartSingleTimer(node, new GiveUp(node), ReachPatience);

    private void End(string node, long life, string why)
    {
        _over[node] = life;
        _outOfReach.Remove((node, life));
        if (_board.Find(node, life) is not { } known)
            return;
        Context.Unwatch(known.Agent);
        Timers.Cancel(node);
        _board.Remove(node, why);
    }

    private sealed record GiveUp(string Node) : INoSerializationVerificationNeeded;
}

/// <summary>A life of a node is out of reach, or in reach again.</summary>
internal sealed record Reach(string Node, long Life, bool IsReachable) : INoSerializationVerificationNeeded;

/// <summary>A life of a node is over.</summary>
internal sealed record Gone(string Node, long Life) : INoSerializationVerificationNeeded;
