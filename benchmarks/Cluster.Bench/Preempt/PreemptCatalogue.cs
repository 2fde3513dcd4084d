using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Preempt;

/// <summary>Losers are puppets; the winner is z3.</summary>
internal static class PreemptCatalogue
{
    public static BackendCatalogue Of(IReadOnlyList<LoserKind> kinds)
    {
        var puppet = Repository.Find("tests/PuppetProver/puppet");
        var losers = kinds.Select(kind => BenchBackend.Of(
            BackendName.Parse(kind.Name), GoalLanguage.SmtLib2, new BackendReading.SmtLib2(), kind.Executable ?? puppet, kind.Play));
        var winners = kinds.SelectMany(kind => kind.Winners).Distinct().Select(winner => BenchBackend.LateZ3(BackendName.Parse(winner.Name), winner.Waits));
        return new BackendCatalogue([.. losers, .. winners]);
    }
}
