namespace Akka.Cluster;

/// <summary>Keeps a node's view of the cluster, tells of its changes, and watches the links to the other members.</summary>
internal sealed class ClusterDaemon : ReceiveActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly TimeSpan _heartbeat;
    private readonly TimeSpan _pause;
    private readonly TimeSpan _stableAfter;
    private readonly string _roleThatCounts;
    private readonly TimeSpan _seedTimeout;
    private Address[] _seeds = [];
    private bool _mayForm;

    public ClusterDaemon(Cluster cluster)
    {
        _cluster = cluster;
        var config = Context.System.Settings.Config.GetConfig("akka.cluster");
        _heartbeat = config.GetTimeSpan("failure-detector.heartbeat-interval");
        _pause = config.GetTimeSpan("failure-detector.acceptable-heartbeat-pause");
        _stableAfter = config.GetTimeSpan("split-brain-resolver.stable-after");
        _roleThatCounts = config.GetString("split-brain-resolver.keep-majority.role");
        _seedTimeout = config.GetTimeSpan("seed-node-timeout");
        Receive<View>(v => Show(v.State));
        Receive<Join>(StartJoining);
        Receive<Overdue>(_ =>
        {
            _mayForm = true;
            TryToJoin();
        });
        Receive<LinksChanged>(_ =>
        {
            TryToJoin();
            ExamineLinks();
            _cluster.Membership?.Refresh(_cluster);
        });
        Receive<Missing>(m =>
        {
            if (!Hears(m.Member)) _cluster.Membership.Miss(_cluster, m.Member);
        });
        Receive<Heartbeat>(_ => _cluster.Membership.Hear(_cluster, _cluster.State.Unreachable.Where(Hears).ToList()));
        Receive<Stable>(_ =>
        {
            if (_cluster.State.Leader == _cluster.SelfAddress && _cluster.SelfMember.Status != MemberStatus.Joining) _cluster.Membership.Resolve(_cluster, _roleThatCounts);
        });
        Receive<Subscription>(Subscribe);
        Receive<Unsubscription>(u => Context.System.EventStream.Forget(u.Subscriber));
    }

    public ITimerScheduler Timers { get; set; }

    protected internal override void PostStop()
    {
        var status = _cluster.SelfMember.Status;
        Tell(ClusterEvent.CurrentClusterState.Empty);
        _cluster.Removed.TrySetResult(Done.Instance);
        _cluster.Leaving.TrySetResult(Done.Instance);
        _cluster.Exiting.TrySetResult(Done.Instance);
        // Who still has a shutdown before it is a member until that has ended, so that nothing of it is started elsewhere too early.
        if (status == MemberStatus.Down) CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        else _cluster.Membership?.Forget(_cluster);
    }

    private void StartJoining(Join join)
    {
        if (_cluster.Membership is not null) return;
        (_seeds, _mayForm) = (join.Seeds, join.Seeds.Length == 1);
        Timers.StartSingleTimer(typeof(Join), new Overdue(), _seedTimeout);
        TryToJoin();
    }

    private void TryToJoin()
    {
        if (_cluster.Membership is not null || _seeds.Length == 0) return;
        var joined = _seeds.Where(s => s != _cluster.SelfAddress && _cluster.Transport.Reaches(s)).Select(s => Remote.Network.At(s)?.System.Cluster)
            .FirstOrDefault(there => there?.Membership?.Join(_cluster, there) == true)?.Membership;
        if (joined is null && _mayForm && _seeds[0] == _cluster.SelfAddress) (joined = new Membership()).Join(_cluster, _cluster);
        if (joined is null) return;
        _cluster.Membership = joined;
        // For those who wait for this one to have joined.
        Remote.Network.Announce();
    }

    private void Show(ClusterEvent.CurrentClusterState state)
    {
        var before = _cluster.State;
        Tell(state);
        var status = _cluster.SelfMember.Status;
        if (status == MemberStatus.Up) _cluster.Up.TrySetResult(Done.Instance);
        if (status is MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down) _cluster.Leaving.TrySetResult(Done.Instance);
        if (status == MemberStatus.Exiting && _cluster.Exiting.TrySetResult(Done.Instance))
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        if (status == MemberStatus.Down) Context.Stop(Self);
        else if (!state.Unreachable.Any(m => !m.IsOnItsWayOut)) Timers.Cancel(typeof(Stable));
        else if (!before.Unreachable.SetEquals(state.Unreachable) || !before.Members.SetEquals(state.Members)) Timers.StartSingleTimer(typeof(Stable), new Stable(), _stableAfter);
        ExamineLinks();
    }

    private void Tell(ClusterEvent.CurrentClusterState state)
    {
        var before = _cluster.State;
        _cluster.State = state;
        foreach (var happening in ClusterEvent.Between(before, state))
        {
            if (happening is ClusterEvent.MemberRemoved { Member: var member } removed && member.UniqueAddress != _cluster.SelfUniqueAddress && state.Members.Count > 0)
            {
                if (removed.PreviousStatus == MemberStatus.Down) _cluster.Transport.Quarantine(member.UniqueAddress.Uid);
                _cluster.Transport.Watcher.Tell(removed, ActorRefs.NoSender);
            }
            Context.System.EventStream.Publish(happening);
        }
    }

    /// <summary>A member that cannot be heard is given some time before that counts, and one that is back is heard with the next heartbeat.</summary>
    private void ExamineLinks()
    {
        foreach (var member in _cluster.State.Members.Where(m => m.UniqueAddress != _cluster.SelfUniqueAddress))
        {
            if (!Hears(member))
            {
                if (!_cluster.State.Unreachable.Contains(member) && !Timers.IsTimerActive(member)) Timers.StartSingleTimer(member, new Missing(member), _pause);
                continue;
            }
            Timers.Cancel(member);
            if (_cluster.State.Unreachable.Contains(member) && !Timers.IsTimerActive(typeof(Heartbeat)))
                Timers.StartSingleTimer(typeof(Heartbeat), new Heartbeat(), _heartbeat);
        }
    }

    private bool Hears(Member member) => _cluster.Transport.Reaches(member.Address) && Remote.Network.At(member.Address)?.Uid == member.UniqueAddress.Uid;

    private void Subscribe(Subscription subscription)
    {
        if (subscription.Mode == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot) subscription.Subscriber.Tell(_cluster.State);
        else
        {
            foreach (var happening in ClusterEvent.Between(ClusterEvent.CurrentClusterState.Empty, _cluster.State))
                if (subscription.To.Any(t => t.IsInstanceOfType(happening))) subscription.Subscriber.Tell(happening);
        }
        foreach (var type in subscription.To) Context.System.EventStream.Subscribe(subscription.Subscriber, type);
    }

    internal sealed record View(ClusterEvent.CurrentClusterState State);

    internal sealed record Join(Address[] Seeds);

    internal sealed record Subscription(IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode Mode, Type[] To);

    internal sealed record Unsubscription(IActorRef Subscriber);

    internal sealed record LinksChanged;

    private sealed record Missing(Member Member);

    private sealed record Heartbeat;

    private sealed record Overdue;

    private sealed record Stable;
}
