using System.Runtime.InteropServices;

namespace ProverCluster.Cli.Racing;

/// <summary>Ctrl+C: the first one gives every goal up and lets the report be printed, the second one leaves at once.</summary>
internal sealed class Interrupts : IDisposable
{
    /// <summary>Whatever hangs, the user is rid of us within a second. No prover survives its node, so none is left behind.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(850);

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _withdraw = new();
    private readonly TimeProvider _time;
    private readonly Action _leave;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ITimer? _lastResort;
    private int _count;

    /// <param name="time">The clock.</param>
    /// <param name="leave">Ends the process where it stands.</param>
    public Interrupts(TimeProvider time, Action leave)
    {
        _time = time;
        _leave = leave;
    }

    /// <summary>Gives every goal up.</summary>
    public CancellationToken Withdraw => _withdraw.Token;

    public bool Happened => Volatile.Read(ref _count) > 0;

    public void Listen()
    {
        foreach (var signal in Signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Interrupt();
            }));
        }
    }

    public void Interrupt()
    {
        if (Interlocked.Increment(ref _count) > 1)
        {
            _leave();
            return;
        }
        _lastResort = _time.CreateTimer(_ => _leave(), null, Longest, Timeout.InfiniteTimeSpan);
        WithdrawAll();
    }

    /// <summary>Gives every goal up without an interrupt: nobody reads the results any more.</summary>
    public void WithdrawAll() => _ = _withdraw.CancelAsync();

    public void Dispose()
    {
        _lastResort?.Dispose();
        foreach (var registration in _registrations) registration.Dispose();
    }
}
