using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>Who races: both are puppets, of one node each.</summary>
internal static class RacePuppets
{
    public static readonly BackendName Winner = BackendName.Parse("winner");
    public static readonly BackendName Loser = BackendName.Parse("loser");

    // Long enough for the loser to be up, which has to start on another node.
    public static BackendCatalogue Catalogue => new([Entry(Loser, "sleep", "3600"), Entry(Winner, "sleep", "0.12", "say", "unsat")]);

    private static Backend Entry(BackendName name, params string[] play) =>
        BenchBackend.Of(name, GoalLanguage.Dimacs, new BackendReading.Patterns("unsat", null), Repository.Find("tests/PuppetProver/puppet"), play);
}
