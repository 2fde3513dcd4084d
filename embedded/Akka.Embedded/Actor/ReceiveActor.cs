namespace Akka.Actor;

/// <summary>An actor that says in its constructor, message type by message type, what it does. The first handler that fits is taken.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly Stack<List<Handler>> _configuring = new([[]]);
    private Handler[] _initial;
    private delegate bool Handler(object message);
    protected sealed override bool Receive(object message) => Run(_initial, message);
    protected sealed override void OnReceive(object message) { }
    internal void EndConfiguration() => _initial = [.. _configuring.Pop()];

    protected void Become(Action configure)
    {
        var handlers = Configure(configure);
        Become(new Receive(message => Run(handlers, message)));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Configure(configure);
        BecomeStacked(new Receive(message => Run(handlers, message)));
    }

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) => Add<T>(message =>
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed))) return false;
        handler(typed);
        return true;
    });

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>The handler itself says whether it wanted the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add<T>(message => message is T typed && handler(typed));

    protected void ReceiveAny(Action<object> handler)
    {
        Receive(handler);
        _configuring.Peek().Add(null);
    }

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Receive(message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(message => RunTask(() => handler(message)));

    private static bool Run(Handler[] handlers, object message)
    {
        foreach (var handler in handlers)
            if (handler is not null && handler(message)) return true;
        return false;
    }

    private Handler[] Configure(Action configure)
    {
        _configuring.Push([]);
        configure();
        return [.. _configuring.Pop()];
    }

    private void Add<T>(Handler handler)
    {
        if (!_configuring.TryPeek(out var handlers))
            throw new InvalidOperationException("Receive handlers are set in the constructor or inside Become, nowhere else.");
        if (handlers is [.., null])
            throw new InvalidOperationException($"A handler for {typeof(T)} after one for everything would never be called.");
        handlers.Add(handler);
    }
}
