using Akka.Cluster.Hosting;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// One on every node with the role: the oldest of them has the singleton as its child. The next one begins it when the node of the last is no member any more, so that
/// there are never two.
/// </summary>
internal sealed class SingletonManager : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly string _role;

    public SingletonManager(Props singleton, ClusterSingletonOptions options)
    {
        _role = options?.Role;
        Receive<ClusterEvent.IMemberEvent>(_ => Look(singleton, options?.TerminationMessage ?? PoisonPill.Instance));
    }

    private Member Oldest => _cluster.State.Members
        .Where(member => member.Counts(_role) && member.Status is not MemberStatus.Joining)
        .Order(Member.AgeOrdering).FirstOrDefault();

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Look(Props singleton, object termination)
    {
        var child = Context.Child("singleton");
        var self = _cluster.SelfMember;
        if (self.IsOnItsWayOut)
            child.Tell(termination);
        else if (child.IsNobody() && self.Status is MemberStatus.Up or MemberStatus.Leaving && self.Equals(Oldest))
            Context.ActorOf(singleton, "singleton");
    }
}
