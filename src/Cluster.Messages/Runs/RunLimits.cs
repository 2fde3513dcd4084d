namespace ProverCluster.Messages.Runs;

/// <summary>What one run may use.</summary>
/// <param name="Deadline">What is left of the goal's one deadline when the message is sent, queueing included.</param>
/// <param name="Wall">A cap on the run's own time, from its start; null for none.</param>
/// <param name="Cpu">A cap on the processor time of all its processes; null for none.</param>
/// <param name="MemoryBytes">A cap on the resident memory of all its processes together.</param>
/// <param name="OutputBytes">A cap on what it prints, both pipes together.</param>
/// <param name="KeepOutput">Whether the winner's model, core or proof is wanted.</param>
public sealed record RunLimits(TimeSpan Deadline, TimeSpan? Wall, TimeSpan? Cpu, long MemoryBytes, long OutputBytes, bool KeepOutput);
