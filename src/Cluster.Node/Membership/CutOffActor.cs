using Akka.Actor;
using Akka.Cluster;

namespace ProverCluster.Node.Membership;

/// <summary>
/// Waits for the news that this node is put out of its cluster. The end of the actor system begins only when others may have heard so too, and one that is
/// under way already, since the node was told to leave, keeps the reason that it began with.
/// </summary>
internal sealed class CutOffActor : ReceiveActor
{
    private readonly UniqueAddress _self = Cluster.Get(Context.System).SelfUniqueAddress;

    public CutOffActor(CutOff cutOff)
    {
        Receive<ClusterEvent.MemberDowned>(downed => downed.Member.UniqueAddress.Equals(_self), _ => cutOff.Happen());
        // Whoever leaves in order is removed as well.
        Receive<ClusterEvent.MemberRemoved>(removed => removed.Member.UniqueAddress.Equals(_self) && removed.PreviousStatus == MemberStatus.Down, _ => cutOff.Happen());
        Receive<ClusterEvent.IClusterDomainEvent>(_ => { });
    }

    public static Props Props(CutOff cutOff) => Akka.Actor.Props.Create(() => new CutOffActor(cutOff));

    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.MemberDowned),
        typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);
}
