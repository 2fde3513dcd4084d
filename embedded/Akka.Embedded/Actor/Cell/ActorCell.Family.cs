namespace Akka.Actor;

/// <summary>Children, and watching: who watches whom, and what is told at the end.</summary>
internal sealed partial class ActorCell
{
    /// <summary>By name, which is taken until its actor has terminated. The lock of itself: any thread may look, and the guardian's are added from any thread.</summary>
    private readonly Dictionary<string, LocalActorRef> _children = [];
    private readonly Dictionary<IActorRef, object> _watching = [];
    private readonly HashSet<IActorRef> _watchedBy = [];
    private bool _mayHaveChildren = true;
    private long _unnamed;

    private bool HasChildren
    {
        get { lock (_children) return _children.Count > 0; }
    }

    public IActorRef ActorOf(Props props, string name = null)
    {
        if (name is not null && !ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}]. Actor names are letters, digits and -_.*$+:@&=,!~';() without a leading $.");
        return AddChild(props, name ?? $"${Interlocked.Increment(ref _unnamed):x}");
    }

    /// <summary>Also for names of the runtime's own.</summary>
    internal LocalActorRef AddChild(Props props, string name)
    {
        var path = new ActorPath(Self.Path.Address, Self.Path, name, Random.Shared.NextInt64(1, long.MaxValue));
        LocalActorRef child;
        lock (_children)
        {
            if (!_mayHaveChildren) throw new InvalidOperationException("An actor that is stopping cannot have new children.");
            if (_children.ContainsKey(name)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            _children.Add(name, child = new LocalActorRef(System, props, Self, path));
        }
        child.SendSystem(new Create());
        return child;
    }

    public IActorRef Child(string name)
    {
        lock (_children) return _children.TryGetValue(name, out var child) ? child : Nobody.Instance;
    }

    public IEnumerable<IActorRef> GetChildren()
    {
        lock (_children) return [.. _children.Values];
    }

    public void Stop(IActorRef child) => child.Stop();
    public IActorRef Watch(IActorRef subject) => WatchWith(subject, null);

    /// <summary>The first watch stays, with its message.</summary>
    public IActorRef WatchWith(IActorRef subject, object message)
    {
        if (!subject.Equals(Self) && _watching.TryAdd(subject, message)) subject.Itself.SendSystem(new Watch(subject, Self));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (_watching.Remove(subject)) subject.Itself.SendSystem(new Unwatch(Self));
        return subject;
    }

    private void StopAllChildren()
    {
        foreach (var child in GetChildren()) child.Stop();
    }

    private void TellWatchers()
    {
        foreach (var watcher in _watchedBy)
            if (!watcher.Equals(Parent)) watcher.Itself.SendSystem(new DeathWatchNotification(Self, true, false));
        foreach (var watched in _watching.Keys) watched.Itself.SendSystem(new Unwatch(Self));
        _watchedBy.Clear();
        _watching.Clear();
    }

    private void HandleDeath(DeathWatchNotification death)
    {
        if (Child(death.Actor.Path.Name).Equals(death.Actor))
            lock (_children) _children.Remove(death.Actor.Path.Name);
        if (_watching.ContainsKey(death.Actor)) Self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
        ContinueWhenChildrenAreGone();
    }

    /// <summary>Only if it is still wanted: <c>Unwatch</c> also takes back what lies in the mailbox already.</summary>
    private void DeliverTerminated(Terminated terminated)
    {
        if (_watching.Remove(terminated.ActorRef, out var message)) Deliver(message ?? terminated);
    }
}
