namespace ProverCluster.Messages.Goals;

/// <summary>What one goal may use. The deadline is the only budget; the others cap each run.</summary>
/// <param name="Timeout">From acceptance to the verdict, queueing included.</param>
/// <param name="RunTimeout">A cap on each run's own time; null for none.</param>
/// <param name="RunCpu">A cap on each run's processor time; null for none.</param>
/// <param name="MemoryBytes">A cap on each run's resident memory.</param>
/// <param name="OutputBytes">A cap on what each run prints.</param>
public sealed record GoalLimits(TimeSpan Timeout, TimeSpan? RunTimeout, TimeSpan? RunCpu, long MemoryBytes, long OutputBytes);
