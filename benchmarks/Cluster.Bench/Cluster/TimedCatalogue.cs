using System.Globalization;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Cluster;

/// <summary>Provers for a <see cref="TimedLauncher"/>: a few that prove after a time, and many that are always preempted.</summary>
internal static class TimedCatalogue
{
    public const int Losers = 7;

    public static readonly BackendName AtOnce = BackendName.Parse("at-once");
    public static readonly BackendName Sleeper = BackendName.Parse("sleeper");

    public static BackendCatalogue Of(TimeSpan sleep) => new(
        [
            Entry(AtOnce, "0"),
            Entry(Sleeper, sleep.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
            .. Enumerable.Range(0, Losers).Select(i => Entry(Loser(i), TimedLauncher.ForEver)),
        ],
        find: name => name);

    public static BackendName Loser(int i) => BackendName.Parse($"loser-{i}");

    private static Backend Entry(BackendName name, string time) =>
        BenchBackend.Of(name, GoalLanguage.Dimacs, new BackendReading.Patterns("unsat", null), "/timed", time);
}
