using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Tests.Chaos;

/// <summary>Runs that were lost with a node that crashed or was cut off. Those of a node that left in order are no excuse for anything.</summary>
/// <param name="wasDrained">Whether the node of that name was told to leave, and nothing else befell it.</param>
internal sealed class Losses(Func<string, bool> wasDrained)
{
    /// <summary>Where no node is harmed.</summary>
    public static readonly Losses None = new(_ => true);

    /// <summary>Whether that backend was lost with two nodes, and so has no third try.</summary>
    public bool AreTwo(GoalAnswer answer, BackendName backend) => answer.Runs.Count(row => row.Run.Backend == backend && IsLoss(row)) >= 2;

    private bool IsLoss(RunRow row) => row.Outcome == RunOutcome.Lost && row.Stop?.Reason != StopReason.Drained && !wasDrained(row.Node ?? "");
}
