namespace Akka.Dispatch;

/// <summary>
/// The queue of one actor and the turn of its owner on the thread pool. Any thread posts; the thread that holds the turn is the only
/// one inside the actor. A post and the end of a turn may cross: both write before they read (the queue's own interlocked claim on
/// one side, the exchange in <see cref="EndTurn"/> on the other), so at least one of them sees that there is work.
/// </summary>
internal sealed class Mailbox(ActorCell cell, int throughput, bool onCallingThread) : IThreadPoolWorkItem
{
    private const int ClosedBit = 1 << 30;

    /// <summary>
    /// A pool thread looks at the shared queue only when its own is empty, and two actors that answer each other would keep it from
    /// that for seconds. So every so often an actor goes to the end of the shared queue.
    /// </summary>
    private const int LocalTurns = 32;

    [ThreadStatic]
    private static int t_localTurns;
    private readonly ConcurrentQueue<Envelope> _queue = new();

    /// <summary>Messages put back before the queue; touched only by the turn's owner.</summary>
    private LinkedList<Envelope> _front;
    private volatile SystemMessage _system;
    private volatile int _scheduled;

    /// <summary>How many reasons there are not to hand out user messages, and the closed bit. Written only by the turn's owner.</summary>
    private volatile int _blocked;

    /// <summary>For whoever looks from outside: it may be out of date at once.</summary>
    public int Count => _queue.Count + (_front?.Count ?? 0);
    public bool IsClosed => (_blocked & ClosedBit) != 0;
    private bool HasWork => _system is not null || ((_blocked is 0 or >= ClosedBit) && (!_queue.IsEmpty || _front is { Count: > 0 }));

    public void Post(in Envelope envelope)
    {
        if (IsClosed)
        {
            cell.System.DeadLetterRef.Deliver(envelope.Message, envelope.Sender, cell.Self);
            return;
        }
        _queue.Enqueue(envelope);
        if (_scheduled == 0 && _blocked is 0 or >= ClosedBit) Schedule(preferLocal: true);
    }

    public void PostSystem(SystemMessage message)
    {
        do message.Next = _system;
        while (Interlocked.CompareExchange(ref _system, message, message.Next) != message.Next);
        if (_scheduled == 0) Schedule(preferLocal: true);
    }

    public void PutBack(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse()) (_front ??= new LinkedList<Envelope>()).AddFirst(envelope);
    }

    public void Suspend() => _blocked++;

    public void Resume()
    {
        if ((_blocked & ~ClosedBit) > 0) _blocked--;
    }

    /// <summary>From here on everything in the mailbox and everything still to come is a dead letter.</summary>
    public void Close() => _blocked |= ClosedBit;

    void IThreadPoolWorkItem.Execute()
    {
        var before = ActorCell.Enter(cell);
        try
        {
            HandleSystem();
            for (var left = throughput; left > 0 && _blocked == 0 && TryTake(out var envelope); left--)
            {
                cell.Invoke(envelope);
                if (_system is not null) HandleSystem();
            }
            if (IsClosed) Bury();
        }
        finally
        {
            if (_blocked == 0) cell.ForgetMessage();
            ActorCell.Leave(before);
            EndTurn();
        }
    }

    private void EndTurn()
    {
        Interlocked.Exchange(ref _scheduled, 0);
        // To the end of the shared queue: an actor that never runs dry must not keep the others of its thread waiting.
        if (HasWork) Schedule(preferLocal: false);
    }

    private void Schedule(bool preferLocal)
    {
        if (Interlocked.CompareExchange(ref _scheduled, 1, 0) != 0) return;
        if (onCallingThread) ((IThreadPoolWorkItem)this).Execute();
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal && ++t_localTurns % LocalTurns != 0);
    }

    private bool TryTake(out Envelope envelope)
    {
        if (_front is not { Count: > 0 }) return _queue.TryDequeue(out envelope);
        envelope = _front.First.Value;
        _front.RemoveFirst();
        return true;
    }

    private void HandleSystem()
    {
        while (Interlocked.Exchange(ref _system, null) is { } newest)
        {
            SystemMessage oldest = null;
            for (var next = newest; next is not null;)
            {
                var current = next;
                next = current.Next;
                current.Next = oldest;
                oldest = current;
            }
            while (oldest is not null)
            {
                var current = oldest;
                oldest = current.Next;
                current.Next = null;
                cell.InvokeSystem(current);
            }
        }
    }

    private void Bury()
    {
        while (TryTake(out var envelope)) cell.System.DeadLetterRef.Deliver(envelope.Message, envelope.Sender, cell.Self);
    }
}
