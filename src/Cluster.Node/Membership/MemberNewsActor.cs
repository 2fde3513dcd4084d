using Akka.Actor;
using Akka.Cluster;

namespace ProverCluster.Node.Membership;

/// <summary>Says in one sentence each who joins, leaves, is out of reach or is lost, for whoever runs this node.</summary>
internal sealed class MemberNewsActor : ReceiveActor
{
    private readonly Action<string> _say;
    private readonly UniqueAddress _self = Cluster.Get(Context.System).SelfUniqueAddress;

    public MemberNewsActor(Action<string> say)
    {
        _say = say;
        // Whoever leaves sees all others go.
        Receive<ClusterEvent.MemberStatusChange>(own => own.Member.UniqueAddress.Equals(_self) && own.Member.Status is MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down, _ => Context.Stop(Self));
        Receive<ClusterEvent.MemberUp>(up => Say(up.Member, up.Member.Roles.Count == 0 ? "has joined" : $"has joined ({string.Join(", ", up.Member.Roles.Order())})"));
        Receive<ClusterEvent.UnreachableMember>(unreachable => Say(unreachable.Member, "is out of reach: unless it is heard of within 2 s its runs are placed elsewhere"));
        Receive<ClusterEvent.ReachableMember>(reachable => Say(reachable.Member, "is in reach again"));
        Receive<ClusterEvent.MemberLeft>(left => Say(left.Member, "is about to leave"));
        Receive<ClusterEvent.MemberDowned>(downed => Say(downed.Member, "is given up for lost"));
        Receive<ClusterEvent.MemberRemoved>(removed => removed.PreviousStatus == MemberStatus.Down, _ => { });
        Receive<ClusterEvent.MemberRemoved>(removed => Say(removed.Member, "has left"));
        Receive<ClusterEvent.IClusterDomainEvent>(_ => { });
    }

    public static Props Props(Action<string> say) => Akka.Actor.Props.Create(() => new MemberNewsActor(say));

    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    private void Say(Member member, string what)
    {
        if (member.UniqueAddress != _self)
            _say($"{NodeNames.Of(member.Address)} {what}");
    }
}
