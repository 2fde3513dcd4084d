using System.Runtime.InteropServices;

namespace ProverCluster.Service;

/// <summary>SIGTERM and Ctrl+C: the first one asks the node to leave in order, the second one ends it where it stands.</summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Signals = [(PosixSignal.SIGTERM, 15), (PosixSignal.SIGINT, 2)];

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _token = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action<int> _leave;

    /// <param name="leave">Ends the process; is told the number of the second signal.</param>
    public StopSignals(Action<int> leave)
    {
        _leave = leave;
        _registrations = [.. Signals.Select(each => PosixSignalRegistration.Create(each.Signal, context =>
        {
            context.Cancel = true;
            On(each.Number);
        }))];
    }

    public Task First => _first.Task;

    public CancellationToken Token => _token.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _token.Dispose();
    }

    private void On(int number)
    {
        if (!_first.TrySetResult())
            _leave(number);
        else
            _ = _token.CancelAsync();
    }
}
