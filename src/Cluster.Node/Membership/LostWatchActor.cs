using Akka.Actor;
using Akka.Cluster;

namespace ProverCluster.Node.Membership;

/// <summary>
/// Has everybody told again of a node that is gone. Akka.NET (1.5.73) can lose a death watch that begins as a node goes: while Akka.Remote's watcher is about to work off the
/// end of an actor there, it takes a new watch of that actor for an old one, and forgets both. The way to the goals of a node could be left so: asked for a goal in this moment, by
/// whoever has lost its coordinator, it hears of the lost node once more, from a coordinator of shards that has not heard yet; and it would lead there for ever, and the goal
/// not be found until its deadline. Whoever still watches somebody there is told by this, and for anybody else nothing happens.
/// </summary>
internal sealed class LostWatchActor : ReceiveActor, IWithTimers
{
    /// <summary>
    /// How long after a node is gone. First, the watcher has done what it was about to, in milliseconds, and a new life of the node at the same address is hardly a member yet; then,
    /// all nodes have heard, so that nobody is told any more that shards are there.
    /// </summary>
    private static readonly TimeSpan[] s_again = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)];

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _watcher = NodeNames.Find(Context.System, Cluster.Get(Context.System).SelfAddress, "remote-watcher", root: "system");

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

    /// <summary>The watcher goes by what the cluster says. To it an address is a node, so one that is there again is not to be declared dead.</summary>
    private void OnTellAgain(Member gone)
    {
        // As of one that left in order: it need not be put in quarantine twice.
        if (_cluster.State.Members.All(member => !member.Address.Equals(gone.Address)))
            _watcher.Tell(new ClusterEvent.MemberRemoved(gone, MemberStatus.Exiting));
    }

    private sealed record TellAgain(Member Gone) : INoSerializationVerificationNeeded;
}
