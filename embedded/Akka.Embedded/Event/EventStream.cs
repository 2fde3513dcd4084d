namespace Akka.Event;

/// <summary>Who wants to hear of events of which class. A class stands for all that derive from it.</summary>
public class EventStream
{
    private readonly object _lock = new();
    private readonly ConcurrentDictionary<Type, IActorRef[]> _receivers = new();
    private readonly HashSet<(IActorRef Subscriber, Type Channel)> _subscriptions = [];
    private volatile HashSet<IActorRef> _subscribers = [];
    internal EventStream(LogLevel level) => LogLevel = level;
    internal LogLevel LogLevel { get; }
    public bool Subscribe(IActorRef subscriber, Type channel) => Change(() => _subscriptions.Add((subscriber, channel)));

    public void Publish(object @event)
    {
        foreach (var receiver in _receivers.GetOrAdd(@event.GetType(), Receivers)) receiver.Tell(@event, ActorRefs.NoSender);
    }

    internal void Forget(IActorRef subscriber)
    {
        if (_subscribers.Contains(subscriber)) Change(() => _subscriptions.RemoveWhere(s => s.Subscriber.Equals(subscriber)) > 0);
    }

    private bool Change(Func<bool> change)
    {
        lock (_lock)
        {
            if (!change()) return false;
            _subscribers = [.. _subscriptions.Select(s => s.Subscriber)];
            _receivers.Clear();
            return true;
        }
    }

    private IActorRef[] Receivers(Type type)
    {
        lock (_lock) return [.. _subscriptions.Where(s => s.Channel.IsAssignableFrom(type)).Select(s => s.Subscriber).Distinct()];
    }
}
