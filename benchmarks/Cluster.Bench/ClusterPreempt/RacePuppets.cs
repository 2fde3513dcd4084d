using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>Who races: z3 against a puppet that sleeps.</summary>
internal static class RacePuppets
{
    public static readonly BackendName Loser = BackendName.Parse("loser");

    /// <summary>
    /// The loser's ticks begin when it does, and both are started at once: with one winner alone, verdicts would come at much the same time between two ticks. So each waits a
    /// millisecond more than the one before, over a tick of the usual length.
    /// </summary>
    public static readonly IReadOnlyList<BackendName> Winners = [.. Enumerable.Range(0, 10).Select(late => BackendName.Parse($"winner-{late}"))];

    // Long enough for the loser to be up, which has to start on another node.
    private const double WinnerWaits = 0.12;

    public static BackendCatalogue Catalogue => new(
    [
        BenchBackend.Of(Loser, GoalLanguage.SmtLib2, new BackendReading.SmtLib2(), Repository.Find("tests/PuppetProver/puppet"), "sleep", "3600"),
        .. Winners.Select((winner, late) => BenchBackend.LateZ3(winner, WinnerWaits + (late / 1000.0))),
    ]);
}
