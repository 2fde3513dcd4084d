using Akka.Actor;
using Akka.Cluster;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Membership;

/// <summary>
/// Introduces this node's agent to the boards of all coordinators' nodes, and tells this node's board who is gone or out of reach. The one place that knows under
/// which names nodes find each other.
/// </summary>
internal sealed class MembershipActor : ReceiveActor
{
    private readonly IActorRef? _agent;
    private readonly IActorRef _board;

    /// <param name="agent">This node's agent; null where no provers run.</param>
    /// <param name="board">This node's board actor.</param>
    public MembershipActor(IActorRef? agent, IActorRef board)
    {
        (_agent, _board) = (agent, board);
        Receive<ClusterEvent.MemberUp>(up => Introduce(up.Member, isThere: true));
        Receive<ClusterEvent.MemberRemoved>(OnRemoved);
        Receive<ClusterEvent.UnreachableMember>(unreachable => TellReach(unreachable.Member, isReachable: false));
        Receive<ClusterEvent.ReachableMember>(reachable => TellReach(reachable.Member, isReachable: true));
        Receive<ClusterEvent.IClusterDomainEvent>(_ => { });
    }

    public static Props Props(IActorRef? agent, IActorRef board) => Akka.Actor.Props.Create(() => new MembershipActor(agent, board));

    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    private void OnRemoved(ClusterEvent.MemberRemoved removed)
    {
        Introduce(removed.Member, isThere: false);
        _board.Tell(new Gone(NodeNames.Of(removed.Member.Address), removed.Member.UniqueAddress.Uid));
    }

    private void TellReach(Member member, bool isReachable) =>
        _board.Tell(new Reach(NodeNames.Of(member.Address), member.UniqueAddress.Uid, isReachable));

    private void Introduce(Member member, bool isThere)
    {
        if (member.HasRole(NodeRoles.Coordinator) || member.HasRole(NodeRoles.Http))
            _agent?.Tell(new Audience(NodeNames.Find(Context.System, member.Address, BoardHosting.Name), isThere));
    }
}
