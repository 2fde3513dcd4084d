namespace Akka.Actor;

/// <summary>Children, and watching: who watches whom, and what is told at the end.</summary>
internal sealed partial class ActorCell
{
    private Children _children;
    private long _unnamed;
    private Dictionary<IActorRef, object> _watching;
    private Dictionary<IActorRef, object> _terminatedInMailbox;
    private HashSet<IActorRef> _watchedBy;

    public IActorRef ActorOf(Props props, string name = null)
    {
        if (name is not null && !ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}]. Actor names are letters, digits and -_.*$+:@&=,!~';() without a leading $.");
        return AddChild(props, name ?? $"${Interlocked.Increment(ref _unnamed):x}");
    }

    /// <summary>Also for names of the runtime's own.</summary>
    internal LocalActorRef AddChild(Props props, string name)
    {
        if (_waiting == Waiting.Termination || _terminated)
            throw new InvalidOperationException("An actor that is stopping cannot have new children.");
        var children = _children ?? Interlocked.CompareExchange(ref _children, new Children(), null) ?? _children;
        var path = new ActorPath(Self.Path.Address, Self.Path, name, Random.Shared.NextInt64(1, long.MaxValue));
        var child = children.Add(name, () => new LocalActorRef(System, props, Self.Internal(), path));
        child.SendSystem(new Create());
        return child;
    }

    public IActorRef Child(string name) => _children?.Find(name)?.Child ?? (IActorRef)Nobody.Instance;
    public IEnumerable<IActorRef> GetChildren() => (_children?.All() ?? []).Select(c => c.Child).ToList();

    public void Stop(IActorRef child)
    {
        if (_children?.Find(child) is { } known) known.Dying = true;
        child.Stop();
    }

    public IActorRef Watch(IActorRef subject) => StartWatching(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StartWatching(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (_watching?.Remove(subject) == true) subject.Internal().SendSystem(new Unwatch(Self.Internal()));
        _terminatedInMailbox?.Remove(subject);
        return subject;
    }

    private IActorRef StartWatching(IActorRef subject, object message)
    {
        if (subject.Equals(Self)) return subject;
        _watching ??= [];
        // The first watch stays, with its message.
        if (_watching.TryAdd(subject, message)) subject.Internal().SendSystem(new Watch(subject, Self.Internal()));
        return subject;
    }

    private void StopAllChildren()
    {
        foreach (var child in _children?.All() ?? []) Stop(child.Child);
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        if (!watcher.Equals(Self)) (_watchedBy ??= []).Add(watcher);
    }

    private void TellWatchers()
    {
        foreach (var watcher in _watchedBy ?? [])
            if (!watcher.Equals(Parent)) watcher.Internal().SendSystem(new DeathWatchNotification(Self, true, false));
        foreach (var watched in _watching?.Keys ?? Enumerable.Empty<IActorRef>())
            watched.Internal().SendSystem(new Unwatch(Self.Internal()));
        (_watchedBy, _watching, _terminatedInMailbox) = (null, null, null);
    }

    private void HandleDeath(DeathWatchNotification death)
    {
        _children?.Remove(death.Actor);
        if (_watching is not null && _watching.Remove(death.Actor, out var message) && _waiting != Waiting.Termination)
        {
            (_terminatedInMailbox ??= [])[death.Actor] = message;
            Self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
        }
        ContinueWhenChildrenAreGone();
    }

    /// <summary>A stashed <see cref="Terminated"/> goes back into the mailbox.</summary>
    internal void ExpectTerminated(IActorRef actor) => (_terminatedInMailbox ??= [])[actor] = null;

    /// <summary>Only if it is still wanted: <c>Unwatch</c> also takes back what lies in the mailbox already.</summary>
    private void DeliverTerminated(Terminated terminated)
    {
        if (_terminatedInMailbox is not null && _terminatedInMailbox.Remove(terminated.ActorRef, out var message))
            Deliver(message ?? terminated);
    }
}
