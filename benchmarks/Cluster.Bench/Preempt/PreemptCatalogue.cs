using System.Globalization;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Preempt;

/// <summary>Losers are puppets. The winner is z3 itself, begun a while later, so that its verdict comes the way verdicts come.</summary>
internal static class PreemptCatalogue
{
    public static BackendCatalogue Of(IReadOnlyList<LoserKind> kinds)
    {
        var puppet = Repository.Find("tests/PuppetProver/puppet");
        if (ExecutableFinder.Find("z3") is null) throw new BenchRefusal("z3 is the winner of these races, and is not installed");
        var losers = kinds.Select(kind => Entry(kind.Name, kind.Executable ?? puppet, kind.Play));
        var winners = kinds.SelectMany(kind => kind.Winners).Distinct().Select(winner => Entry(
            winner.Name,
            "/bin/sh",
            ["-c", string.Create(CultureInfo.InvariantCulture, $"sleep {winner.Waits}; exec z3 -smt2 \"$1\""), "sh", "{goal}"]));
        return new BackendCatalogue([.. losers, .. winners]);
    }

    private static Backend Entry(string name, string executable, string[] arguments) =>
        BenchBackend.Of(BackendName.Parse(name), GoalLanguage.SmtLib2, new BackendReading.SmtLib2(), executable, arguments);
}
