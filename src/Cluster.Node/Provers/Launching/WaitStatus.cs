using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>How a process ended, as <c>wait4</c> says it.</summary>
internal static class WaitStatus
{
    /// <summary>
    /// Of a child whose end somebody else in this program has asked for, by <c>wait(-1)</c> or by having the kernel reap children by itself:
    /// it is gone, and nobody can tell how. Waiting on would never end.
    /// </summary>
    internal static readonly RunEnd Taken = new RunEnd.Lost("its process is gone, and something else in this program has taken the word of how it ended");

    internal static int? Signal(int status) => (status & 0x7f) is var signal and not 0 ? signal : null;

    internal static int ExitCode(int status) => (status >> 8) & 0xff;

    internal static RunEnd Decode(int status) =>
        Signal(status) is { } signal ? new RunEnd.Signalled(signal) : new RunEnd.Exited(ExitCode(status));
}

/// <summary>How a process ended, as shells and bubblewrap say it: 128 and the signal's number, or the exit value.</summary>
internal static class EndCode
{
    private const int LastSignal = 64;

    /// <summary>An exit value of 128+n cannot be told from signal n. We say the signal: no prover means anything good by such a value.</summary>
    internal static RunEnd Decode(int code) =>
        code is > 128 and <= 128 + LastSignal ? new RunEnd.Signalled(code - 128) : new RunEnd.Exited(code);
}
