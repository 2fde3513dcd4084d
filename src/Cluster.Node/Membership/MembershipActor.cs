using Akka.Actor;
using Akka.Cluster;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Membership;

/// <summary>
/// Introduces this node's agent to the boards of all coordinators' nodes, and tells this node's board who is out of reach. The one place that knows under which
/// names nodes find each other.
/// </summary>
internal sealed class MembershipActor : ReceiveActor
{
    private readonly IActorRef? _agent;
    private readonly IActorRef _board;
    private readonly NodeBoard _known;

    /// <param name="agent">This node's agent; null where no provers run.</param>
    /// <param name="board">This node's board actor.</param>
    /// <param name="known">What it keeps.</param>
    public MembershipActor(IActorRef? agent, IActorRef board, NodeBoard known)
    {
        (_agent, _board, _known) = (agent, board, known);
        Receive<ClusterEvent.MemberUp>(up => Introduce(up.Member, isThere: true));
        Receive<ClusterEvent.MemberRemoved>(OnRemoved);
        Receive<ClusterEvent.UnreachableMember>(unreachable => _board.Tell(new Reach(NodeNames.Of(unreachable.Member.Address), false)));
        Receive<ClusterEvent.ReachableMember>(reachable => _board.Tell(new Reach(NodeNames.Of(reachable.Member.Address), true)));
        Receive<ClusterEvent.IClusterDomainEvent>(_ => { });
    }

    public static Props Props(IActorRef? agent, IActorRef board, NodeBoard known) =>
        Akka.Actor.Props.Create(() => new MembershipActor(agent, board, known));

    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    private void OnRemoved(ClusterEvent.MemberRemoved removed)
    {
        Introduce(removed.Member, isThere: false);
        _known.Remove(NodeNames.Of(removed.Member.Address), "it has left the cluster");
    }

    private void Introduce(Member member, bool isThere)
    {
        if (member.HasRole(NodeRoles.Coordinator))
            _agent?.Tell(new Audience(NodeNames.Find(Context.System, member.Address, BoardHosting.Name), isThere));
    }
}
