using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;

namespace ProverCluster.Node.Membership;

/// <summary>
/// Has everybody told again of a node that is gone. Akka.NET (1.5.73) can lose a death watch that begins as a node goes: while Akka.Remote's watcher is about to work off the
/// end of an actor there, it takes a new watch of that actor for an old one, and forgets both. A shard region that is asked for a goal in this moment, by whoever has lost its
/// coordinator, may be told by a coordinator of shards that has not heard yet that the shard is still on the lost node. It would send there for ever, and the goal not be
/// found until its deadline.
/// </summary>
internal sealed class LostWatchActor : ReceiveActor, IWithTimers
{
    /// <summary>
    /// How long after a node is gone. First, the watcher has done what it was about to, and a new life of the node at the same address is no member yet; last, all nodes have
    /// heard, so that nobody is told any more that shards are there.
    /// </summary>
    private static readonly TimeSpan[] s_again = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _watcher = ((IRemoteActorRefProvider)((ExtendedActorSystem)Context.System).Provider).RemoteWatcher;

    public LostWatchActor()
    {
        Receive<ClusterEvent.MemberRemoved>(OnRemoved);
        Receive<ClusterEvent.IClusterDomainEvent>(_ => { });
        Receive<TellAgain>(again => OnTellAgain(again.Gone));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props() => Akka.Actor.Props.Create(() => new LostWatchActor());

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void OnRemoved(ClusterEvent.MemberRemoved removed)
    {
        foreach (var after in s_again)
            Timers.StartSingleTimer((removed.Member.UniqueAddress, after), new TellAgain(removed.Member), after);
    }

    /// <summary>
    /// The watcher goes by what the cluster says. To it, and to all that it tells, an address is a node: one that is there again is not to be declared dead. Nor is anybody by a
    /// node that is no member any more itself.
    /// </summary>
    private void OnTellAgain(Member gone)
    {
        var members = _cluster.State.Members;
        // As of one that left in order: it need not be put in quarantine twice.
        if (members.Any(member => member.UniqueAddress.Equals(_cluster.SelfUniqueAddress)) && members.All(member => !member.Address.Equals(gone.Address)))
            _watcher.Tell(new ClusterEvent.MemberRemoved(gone, MemberStatus.Exiting));
    }

    private sealed record TellAgain(Member Gone) : INoSerializationVerificationNeeded;
}
