using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>Who races: z3 against a puppet that sleeps.</summary>
internal static class RacePuppets
{
    public static readonly BackendName Winner = BackendName.Parse("winner");
    public static readonly BackendName Loser = BackendName.Parse("loser");

    // Long enough for the loser to be up, which has to start on another node.
    private const double WinnerWaits = 0.12;

    public static BackendCatalogue Catalogue => new(
    [
        BenchBackend.Of(Loser, GoalLanguage.SmtLib2, new BackendReading.SmtLib2(), Repository.Find("tests/PuppetProver/puppet"), "sleep", "3600"),
        BenchBackend.LateZ3(Winner, WinnerWaits),
    ]);
}
