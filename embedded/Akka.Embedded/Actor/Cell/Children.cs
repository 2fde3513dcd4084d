namespace Akka.Actor;

/// <summary>A child as its parent knows it.</summary>
internal sealed class ChildStats(LocalActorRef child)
{
    private int _restarts;
    private long _windowStart;
    public LocalActorRef Child { get; } = child;
    public bool Dying { get; set; }

    /// <summary>Counts a restart. The window opens with the first one; a restart after its end opens the next.</summary>
    public bool MayRestart(int retries, int withinMilliseconds)
    {
        if (retries == 0) return false;
        if (withinMilliseconds <= 0) return retries < 0 || ++_restarts <= retries;
        var now = (long)System.Diagnostics.Stopwatch.GetElapsedTime(0).TotalMilliseconds;
        if (_restarts == 0) _windowStart = now;
        if (now - _windowStart > withinMilliseconds)
        {
            _windowStart = now;
            _restarts = 1;
            return true;
        }
        return ++_restarts <= Math.Max(retries, 1);
    }
}

/// <summary>The children by name. A name is taken until its actor has terminated.</summary>
internal sealed class Children
{
    private readonly Dictionary<string, ChildStats> _byName = [];
    private bool _closed;

    public bool AnyDying
    {
        get { lock (_byName) return _byName.Values.Any(c => c.Dying); }
    }

    public ChildStats[] All()
    {
        lock (_byName) return [.. _byName.Values];
    }

    public ChildStats Find(string name)
    {
        lock (_byName) return _byName.GetValueOrDefault(name);
    }

    public ChildStats Find(IActorRef child) =>
        Find(child.Path.Name) is { } found && found.Child.Equals(child) ? found : null;

    public LocalActorRef Add(string name, Func<LocalActorRef> create)
    {
        lock (_byName)
        {
            if (_closed) throw new InvalidOperationException("An actor that is stopping cannot have new children.");
            if (_byName.ContainsKey(name)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            var child = create();
            _byName.Add(name, new ChildStats(child));
            return child;
        }
    }

    public ChildStats Remove(IActorRef child)
    {
        lock (_byName) return Find(child) is { } found && _byName.Remove(child.Path.Name) ? found : null;
    }

    public void Close()
    {
        lock (_byName) _closed = true;
    }
}
