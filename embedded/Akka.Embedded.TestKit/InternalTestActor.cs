namespace Akka.TestKit;

/// <summary>What has arrived and not been looked at yet. A test waits for it, blocking or not.</summary>
internal sealed class Inbox
{
    private readonly ConcurrentQueue<Envelope> _messages = new();
    private readonly SemaphoreSlim _arrived = new(0);
    public bool HasMessages => !_messages.IsEmpty;

    public void Add(Envelope envelope)
    {
        _messages.Enqueue(envelope);
        _arrived.Release();
    }

    public async ValueTask<Envelope?> Take(TimeSpan max, CancellationToken token) =>
        await _arrived.WaitAsync(max, token).ConfigureAwait(false) && _messages.TryDequeue(out var envelope) ? envelope : null;

    /// <summary>Without a detour over the thread pool, which the test's own load may keep busy.</summary>
    public Envelope? TakeBlocking(TimeSpan max, CancellationToken token) =>
        _arrived.Wait(max, token) && _messages.TryDequeue(out var envelope) ? envelope : null;
}

/// <summary>Keeps what it gets for the test. It runs on the thread that tells it something, so nothing is under way after a <c>Tell</c>.</summary>
internal sealed class InternalTestActor(Inbox inbox) : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case WatchFor watch: Context.Watch(watch.Subject); break;
            default: inbox.Add(((ActorCell)Context).InHand); break;
        }
        return true;
    }

    internal sealed record WatchFor(IActorRef Subject);
}
