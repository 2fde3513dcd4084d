namespace Akka.Dispatch;

/// <summary>
/// The queue of one actor and the turn of its owner on the thread pool. Any thread posts; the thread that holds the turn is the only
/// one inside the actor. A post and the end of a turn may cross: both write before they read (the queue's own interlocked claim on
/// one side, the exchange in <see cref="EndTurn"/> on the other), so at least one of them sees that there is work.
/// </summary>
internal sealed class Mailbox(ActorCell cell, int throughput, bool onCallingThread) : IThreadPoolWorkItem
{
    /// <summary>
    /// A pool thread looks at the shared queue only when its own is empty, and two actors that answer each other would keep it from
    /// that for seconds. So every so often an actor goes to the end of the shared queue.
    /// </summary>
    private const int LocalTurns = 32;

    [ThreadStatic]
    private static int t_localTurns;
    private readonly ConcurrentQueue<SystemMessage> _system = new();
    private readonly ConcurrentQueue<Envelope> _queue = new();

    /// <summary>Messages put back before the queue; touched only by the turn's owner.</summary>
    private Queue<Envelope> _front = [];
    private volatile int _scheduled;

    /// <summary>Written only by the turn's owner.</summary>
    private volatile State _state;

    private enum State
    {
        Open,

        /// <summary>User messages wait.</summary>
        Suspended,

        /// <summary>Everything in the mailbox and everything still to come is gone.</summary>
        Closed,
    }

    /// <summary>For whoever looks from outside: it may be out of date at once.</summary>
    public int Count => _queue.Count + _front.Count;
    private bool HasWork => !_system.IsEmpty || (_state == State.Open && (!_queue.IsEmpty || _front.Count > 0));

    public void Post(Envelope envelope)
    {
        if (_state == State.Closed) return;
        _queue.Enqueue(envelope);
        if (_scheduled == 0 && _state == State.Open) Schedule(preferLocal: true);
    }

    public void PostSystem(SystemMessage message)
    {
        _system.Enqueue(message);
        if (_scheduled == 0) Schedule(preferLocal: true);
    }

    public void PutBack(IEnumerable<Envelope> envelopes) => _front = new Queue<Envelope>(envelopes.Concat(_front));

    public void Suspend()
    {
        if (_state == State.Open) _state = State.Suspended;
    }

    public void Resume() => _state = State.Open;

    public void Close()
    {
        _state = State.Closed;
        _queue.Clear();
        _front.Clear();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var before = ActorCell.Current;
        ActorCell.Current = cell;
        try
        {
            HandleSystem();
            for (var left = throughput; left > 0 && _state == State.Open && TryTake(out var envelope); left--)
            {
                cell.Invoke(envelope);
                HandleSystem();
            }
        }
        finally
        {
            if (_state == State.Open) cell.ForgetMessage();
            ActorCell.Current = before;
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

    private bool TryTake(out Envelope envelope) => _front.TryDequeue(out envelope) || _queue.TryDequeue(out envelope);

    private void HandleSystem()
    {
        while (_system.TryDequeue(out var message)) cell.InvokeSystem(message);
    }
}
