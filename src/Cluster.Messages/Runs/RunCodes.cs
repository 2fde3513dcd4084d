namespace ProverCluster.Messages.Runs;

/// <summary>
/// The integers that stand beside the words, for programs that grew up with them: an exit value, or one of these.
/// They are those of ECHIDNA's portfolio search.
/// </summary>
public static class RunCodes
{
    public const int Unavailable = -1;
    public const int InputNotWritten = -2;
    public const int TimedOut = -3;
    public const int ProcessError = -4;
    public const int Preempted = -5;

    public static int Of(RunEnd end, StopReason? stop) => (end, stop) switch
    {
        (RunEnd.NeverStarted { Why: NoStart.Unavailable }, _) => Unavailable,
        (RunEnd.NeverStarted { Why: NoStart.InputNotWritten }, _) => InputNotWritten,
        (_, StopReason.TimedOut) => TimedOut,
        (_, StopReason.Preempted or StopReason.Withdrawn or StopReason.Drained) => Preempted,
        (RunEnd.Exited exited, null) => exited.Code,
        _ => ProcessError,
    };
}
