namespace ProverCluster.Cli.Tests;

/// <summary>A clock that stands still, and a timer that rings when the test says so.</summary>
internal sealed class HandTimer : TimeProvider, ITimer
{
    private Action _ring = () => { };

    public void Ring() => _ring();

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ring = () => callback(state);
        return this;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period) => true;

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => default;
}
