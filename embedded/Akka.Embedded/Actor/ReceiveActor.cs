namespace Akka.Actor;

/// <summary>An actor that says in its constructor, message type by message type, what it does. The first handler that fits is taken.</summary>
public abstract class ReceiveActor : ActorBase
{
    /// <summary>Those that are being said. Null at all other times.</summary>
    private List<Receive> _configuring = [];
    private Receive[] _initial;
    internal void EndConfiguration() => (_initial, _configuring) = ([.. _configuring], null);
    protected internal sealed override bool Receive(object message) => Run(_initial, message);

    protected void Become(Action configure)
    {
        var outer = _configuring;
        _configuring = [];
        configure();
        Receive[] handlers = [.. _configuring];
        _configuring = outer;
        Become(message => Run(handlers, message));
    }

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) => Add(message =>
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed))) return false;
        handler(typed);
        return true;
    });

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>The handler itself says whether it wanted the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(message => message is T typed && handler(typed));

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    private static bool Run(Receive[] handlers, object message)
    {
        foreach (var handler in handlers)
            if (handler(message)) return true;
        return false;
    }

    private void Add(Receive handler)
    {
        if (_configuring is null) throw new InvalidOperationException("Receive handlers are set in the constructor or inside Become, nowhere else.");
        _configuring.Add(handler);
    }
}
