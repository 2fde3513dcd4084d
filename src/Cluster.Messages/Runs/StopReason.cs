namespace ProverCluster.Messages.Runs;

/// <summary>Why we ended a run; set when the signal is sent, and the first one stays.</summary>
public enum StopReason
{
    /// <summary>The race was decided without it.</summary>
    Preempted,

    /// <summary>The goal's deadline, or the run's cap on wall or CPU time, has passed.</summary>
    TimedOut,

    /// <summary>The run's processes held more memory than the run may.</summary>
    MemoryOut,

    /// <summary>The run printed more than the run may.</summary>
    OutputTooLarge,

    /// <summary>The client gave the goal up.</summary>
    Withdrawn,

    /// <summary>The node takes no more work.</summary>
    Drained,
}
