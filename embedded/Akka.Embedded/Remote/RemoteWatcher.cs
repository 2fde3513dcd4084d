namespace Akka.Remote;

/// <summary>
/// Knows who here watches whom elsewhere. A death is told by the system of the dead; this one sees to the watches when that system
/// cannot tell any more. What was told over a cut link is lost, so whenever a link may have changed every watch is repeated.
/// </summary>
internal sealed class RemoteWatcher : ReceiveActor, IWithTimers
{
    private readonly Dictionary<IActorRef, HashSet<IActorRef>> _watching = [];
    private readonly InMemoryTransport _transport;
    private readonly TimeSpan _pause = Context.System.Settings.Config.GetTimeSpan("akka.remote.watch-failure-detector.acceptable-heartbeat-pause");

    public RemoteWatcher(InMemoryTransport transport)
    {
        _transport = transport;
        Receive<Track>(t =>
        {
            if (!_watching.TryGetValue(t.Watchee, out var watchers)) _watching[t.Watchee] = watchers = [];
            watchers.Add(t.Watcher);
            _transport.Send(new Watch(t.Watchee, t.Watcher), ActorRefs.NoSender, (RemoteActorRef)t.Watchee);
            Examine(t.Watchee.Path.Address);
        });
        Receive<Untrack>(u =>
        {
            if (!_watching.TryGetValue(u.Watchee, out var watchers) || !watchers.Remove(u.Watcher)) return;
            if (watchers.Count == 0) _watching.Remove(u.Watchee);
            if (!u.IsDead) _transport.Send(new Unwatch(u.Watcher), ActorRefs.NoSender, (RemoteActorRef)u.Watchee);
        });
        Receive<LinksChanged>(_ =>
        {
            foreach (var address in _watching.Keys.Select(w => w.Path.Address).Distinct().ToList())
            {
                Examine(address);
                foreach (var (watchee, watchers) in Watched(address))
                    foreach (var watcher in watchers) _transport.Send(new Watch(watchee, watcher), ActorRefs.NoSender, (RemoteActorRef)watchee);
            }
        });
        Receive<Overdue>(o =>
        {
            // A member is for the membership to give up.
            if (!_transport.Reaches(o.Address) && _transport.System.Cluster?.State.Members.Any(m => m.Address == o.Address) != true) Lose(o.Address);
        });
        Receive<Cluster.ClusterEvent.MemberRemoved>(r => Lose(r.Member.Address));
    }

    public ITimerScheduler Timers { get; set; }

    private void Examine(Address address)
    {
        if (_transport.Reaches(address)) Timers.Cancel(address);
        else if (!Timers.IsTimerActive(address)) Timers.StartSingleTimer(address, new Overdue(address), _pause);
    }

    private void Lose(Address address)
    {
        Timers.Cancel(address);
        foreach (var (watchee, watchers) in Watched(address))
        {
            _watching.Remove(watchee);
            foreach (var watcher in watchers) watcher.Itself.SendSystem(new DeathWatchNotification(watchee, false, true));
        }
    }

    private List<KeyValuePair<IActorRef, HashSet<IActorRef>>> Watched(Address address) => [.. _watching.Where(w => w.Key.Path.Address == address)];

    internal sealed record Track(IActorRef Watchee, IActorRef Watcher);

    internal sealed record Untrack(IActorRef Watchee, IActorRef Watcher, bool IsDead);

    internal sealed record LinksChanged;

    private sealed record Overdue(Address Address);
}
