using System.Runtime.InteropServices;

namespace ProverCluster.Cli.Racing;

/// <summary>Ctrl+C: the first one gives every goal up and lets the report be printed, the second one leaves at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan UsualLongest = TimeSpan.FromMilliseconds(850);

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _withdraw = new();
    private readonly ManualResetEventSlim _over = new();
    private readonly Action _leave;
    private readonly TimeSpan _longest;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    /// <param name="leave">Ends the process where it stands.</param>
    /// <param name="longest">How long it may go on after an interrupt; null for less than the second that the user was promised.</param>
    public Interrupts(Action leave, TimeSpan? longest = null)
    {
        _leave = leave;
        _longest = longest ?? UsualLongest;
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
        // Not a timer: that needs a thread of the pool, and those may be what hangs.
        new Thread(LeaveAtLast) { IsBackground = true, Name = "last-resort" }.Start();
        WithdrawAll();
    }

    /// <summary>Gives every goal up without an interrupt: nobody reads the results any more.</summary>
    public void WithdrawAll() => _ = _withdraw.CancelAsync();

    public void Dispose()
    {
        _over.Set();
        foreach (var registration in _registrations) registration.Dispose();
    }

    /// <summary>
    /// Whatever hangs, the user is rid of us within a second after an interrupt is heard; the runtime hears SIGHUP on a thread of its pool, and the others on one of their own.
    /// No prover survives its node, so none is left behind.
    /// </summary>
    private void LeaveAtLast()
    {
        if (!_over.Wait(_longest)) _leave();
    }
}
