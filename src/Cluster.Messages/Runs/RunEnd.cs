namespace ProverCluster.Messages.Runs;

/// <summary>How a run's process ended: a closed set. Why we ended it, if we did, is <see cref="StopReason"/>, kept apart.</summary>
public abstract record RunEnd
{
    private RunEnd()
    {
    }

    /// <summary>It ended by itself or by a signal it handled, with an exit value of 0 to 255.</summary>
    public sealed record Exited(int Code) : RunEnd;

    /// <summary>A signal ended it, ours or another's.</summary>
    public sealed record Signalled(int Signal) : RunEnd;

    /// <summary>There never was a process.</summary>
    public sealed record NeverStarted(NoStart Why, string Detail) : RunEnd;

    /// <summary>Its node went away, and with it every knowledge of the process.</summary>
    public sealed record Lost(string Detail) : RunEnd;
}

/// <summary>Why a run never had a process.</summary>
public enum NoStart
{
    /// <summary>It was stopped while it waited in the queue.</summary>
    Stopped,

    /// <summary>The prover is not installed, or nobody has it.</summary>
    Unavailable,

    /// <summary>The prover's input could not be written.</summary>
    InputNotWritten,

    /// <summary>The prover's file could not be executed, or the node refused the run.</summary>
    Failed,
}
