namespace ProverCluster.Node.Store;

/// <summary>So much may wait to be written, and no more: others wait before they may, in the order in which they came.</summary>
internal sealed class StoreRoom(long size)
{
    private readonly Queue<(long Weight, TaskCompletionSource Entered)> _outside = [];
    private readonly Lock _changing = new();
    private long _taken;

    /// <summary>Enters at once, if nobody is before it and there is room.</summary>
    public bool TryEnter(long weight)
    {
        lock (_changing)
        {
            var enters = _outside.Count == 0 && _taken + Math.Min(weight, size) <= size;
            if (enters)
                _taken += Math.Min(weight, size);
            return enters;
        }
    }

    /// <summary>Enters with what weighs so much; what is heavier than the whole room enters alone. Who gives up waiting has not entered.</summary>
    public async Task EnterAsync(long weight, CancellationToken cancellation)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_changing)
        {
            _outside.Enqueue((weight, entered));
            Admit();
        }

        await using var giveUp = cancellation.UnsafeRegister(_ =>
        {
            entered.TrySetCanceled(cancellation);
            // Who is behind it may be light enough.
            Leave(0);
        }, null);
        await entered.Task;
    }

    public void Leave(long weight)
    {
        lock (_changing)
        {
            _taken -= Math.Min(weight, size);
            Admit();
        }
    }

    private void Admit()
    {
        while (_outside.TryPeek(out var next) && (next.Entered.Task.IsCompleted || _taken + Math.Min(next.Weight, size) <= size))
        {
            _outside.Dequeue();
            if (next.Entered.TrySetResult())
                _taken += Math.Min(next.Weight, size);
        }
    }
}
