namespace ProverCluster.Node.Records;

/// <summary>The records of this node that are on their way to where they go on. Shared by actors that run beside each other.</summary>
internal sealed class RecordMoves
{
    private readonly Lock _changing = new();
    private TaskCompletionSource _noneMoving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>One more, until that is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_changing)
            _count++;
        return new Move(this);
    }

    /// <summary>Done when none is on its way.</summary>
    public Task NoneMovingAsync()
    {
        lock (_changing)
            return _count == 0 ? Task.CompletedTask : _noneMoving.Task;
    }

    private void End()
    {
        lock (_changing)
        {
            if (--_count > 0)
                return;
            _noneMoving.SetResult();
            _noneMoving = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Move(RecordMoves moves) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
                moves.End();
            _isOver = true;
        }
    }
}
