namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// One on every node with the role: the oldest of them has the singleton as its child. The next one begins it when the node of the last is no member any more, and that
/// one stays until the singleton has ended, so that there are never two.
/// </summary>
internal sealed class SingletonManager : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly TaskCompletionSource<Done> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Props _singleton;
    private readonly string _role;

    public SingletonManager(Props singleton, string role)
    {
        (_singleton, _role) = (singleton, role);
        Receive<ClusterEvent.IMemberEvent>(_ => Look());
        Receive<Terminated>(_ => Look());
    }

    private Member Oldest => _cluster.State.Members
        .Where(member => member.Counts(_role) && member.Status is not MemberStatus.Joining)
        .Order(Member.AgeOrdering).FirstOrDefault();

    protected internal override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseClusterExiting, "wait-singleton-exiting", () =>
            _cluster.SelfMember.Status == MemberStatus.Removed ? Task.FromResult(Done.Instance) : _ended.Task);
    }

    protected internal override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _ended.TrySetResult(Done.Instance);
    }

    private void Look()
    {
        var child = Context.Child("singleton");
        var self = _cluster.SelfMember;
        if (self.IsOnItsWayOut)
        {
            child.Tell(PoisonPill.Instance);
            if (child.IsNobody()) _ended.TrySetResult(Done.Instance);
        }
        else if (child.IsNobody() && self.Status is MemberStatus.Up or MemberStatus.Leaving && self.Equals(Oldest))
            Context.Watch(Context.ActorOf(_singleton, "singleton"));
    }
}
