using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>The stories of goals that never came to a race, or never came back from one.</summary>
internal static class GoalAnswers
{
    public static GoalAnswer Rejected(GoalId id, string name, string reason) => Without(id, name, Verdict.Rejected, reason);

    public static GoalAnswer Withdrawn(GoalId id, string name, string reason) => Without(id, name, Verdict.Withdrawn, reason);

    public static GoalAnswer Failed(GoalId id, string name, string reason) => Without(id, name, Verdict.Unknown, reason);

    private static GoalAnswer Without(GoalId id, string name, Verdict verdict, string reason) =>
        new(id, name, verdict, Szs: null, Winner: null, Decided: null, Settled: TimeSpan.Zero, reason, Runs: [], Output: null);
}
