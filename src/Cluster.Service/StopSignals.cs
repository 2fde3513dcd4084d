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
    private volatile int _second;

    /// <param name="leave">Ends the process; is told the number of the second signal, on a thread of the runtime's for it.</param>
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

    /// <summary>The number of the second signal, once it has come.</summary>
    public int? Second => _second is > 0 and var number ? number : null;

    public CancellationToken Token => _token.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _token.Dispose();
    }

    private void On(int number)
    {
        if (_first.TrySetResult())
        {
            _ = _token.CancelAsync();
            return;
        }

        _second = number;
        _leave(number);
    }
}
