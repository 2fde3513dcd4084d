namespace ProverCluster.Client.Races;

/// <summary>The calls that are under way. Closing cancels them, and waits until each has come to its end.</summary>
internal sealed class OpenCalls
{
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _count;
    private bool _isClosed;

    /// <param name="cancellation">The caller's own token.</param>
    /// <exception cref="ObjectDisposedException">There are no calls any more.</exception>
    public OpenCall Enter(CancellationToken cancellation)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(ProverClient));
            _count++;
        }

        return new OpenCall(Leave, Until(cancellation));
    }

    /// <summary>A loop of the caller's, who may close from within it: it is cancelled, and not waited for, since it leaves nothing behind.</summary>
    /// <inheritdoc cref="Enter"/>
    public OpenCall EnterLoop(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(ProverClient));
        return new OpenCall(() => { }, Until(cancellation));
    }

    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_count == 0) _left.TrySetResult();
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _left.Task.ConfigureAwait(false);
    }

    private CancellationTokenSource Until(CancellationToken cancellation) => CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);

    private void Leave()
    {
        lock (_lock)
        {
            _count--;
            if (_isClosed && _count == 0) _left.TrySetResult();
        }
    }

    /// <summary>One call, from its beginning to its disposal.</summary>
    public sealed class OpenCall(Action leave, CancellationTokenSource source) : IDisposable
    {
        /// <summary>The caller's own token, or the end of the client.</summary>
        public CancellationToken Token { get; } = source.Token;

        public void Dispose()
        {
            source.Dispose();
            leave();
        }
    }
}
