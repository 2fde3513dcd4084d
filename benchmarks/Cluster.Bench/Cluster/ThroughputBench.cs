using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.Cluster;

/// <summary>Goals a second on clusters of several sizes in this process, with provers that sleep.</summary>
internal sealed class ThroughputBench(TimeSpan sleep, int slots, TimeSpan time)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    public async Task<Throughput> MeasureAsync(int nodes, params IReadOnlyList<BackendName> backends)
    {
        var settings = QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped())) with { Slots = slots };
        await using var cluster = await LocalCluster.StartAsync(
            settings, TimedCatalogue.Of(sleep), nodes, services => services.AddSingleton<IProverLauncher>(_ => new TimedLauncher()), CancellationToken.None);
        var goals = new GoalSource(backends);
        // Of goals with one run twice what there are slots for: a slot that comes free finds somebody who waits for it. Races start whole: a loser that
        // waits for a slot until the race is decided costs nothing.
        var inFlight = backends.Count == 1 ? 2 * nodes * slots : nodes * slots / backends.Count;
        await RaceAsync(cluster, goals, inFlight, s_warmUp);

        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var answers = await RaceAsync(cluster, goals, inFlight, time);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // What was begun in time is counted with the time that it took to end.
        var rate = answers.Count / seconds;
        var ideal = nodes * slots / (sleep.TotalSeconds * backends.Count);
        return new Throughput(
            nodes,
            backends.Count,
            Math.Round(rate, 1),
            Math.Round(ideal, 1),
            Math.Round(100 * rate / ideal, 1),
            Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / answers.Count, 3),
            Math.Round(100.0 * answers.Count(HasRunElsewhere) / answers.Count, 1),
            new Distribution(answers.Select(answer => answer.Decided!.Value.TotalMilliseconds)));
    }

    private static async Task<List<GoalAnswer>> RaceAsync(LocalCluster cluster, GoalSource goals, int inFlight, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        async Task<List<GoalAnswer>> OneAfterTheOther()
        {
            var answers = new List<GoalAnswer>();
            while (Stopwatch.GetElapsedTime(began) < time) answers.Add(await goals.RaceAsync(cluster));
            return answers;
        }

        var all = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => OneAfterTheOther()));
        return [.. all.SelectMany(each => each)];
    }

    private static bool HasRunElsewhere(GoalAnswer answer) => answer.Runs.Select(run => run.Node).Distinct().Count() > 1;
}

/// <param name="Nodes">How many.</param>
/// <param name="Runs">Of each goal.</param>
/// <param name="GoalsPerSecond">Settled.</param>
/// <param name="Ideal">If every slot did nothing but sleep.</param>
/// <param name="PercentOfIdeal">Of that.</param>
/// <param name="CpuMsPerGoal">Processor time of all nodes and the clients together.</param>
/// <param name="PercentOnSeveralNodes">Goals whose runs were not all on one node.</param>
/// <param name="Decided">From acceptance, waiting for a slot included.</param>
internal sealed record Throughput(
    int Nodes, int Runs, double GoalsPerSecond, double Ideal, double PercentOfIdeal, double CpuMsPerGoal, double PercentOnSeveralNodes, Distribution Decided)
{
    public static readonly string[] Titles =
        ["nodes", "runs a goal", "goals/s", "if slots only slept", "% of that", "CPU ms a goal", "% on several nodes", "decided p50 ms", "p99"];

    public string[] Row() =>
    [
        Text(Nodes), Text(Runs), Text(GoalsPerSecond), Text(Ideal), Text(PercentOfIdeal), Text(CpuMsPerGoal), Text(PercentOnSeveralNodes),
        BenchTable.Ms(Decided.P50), BenchTable.Ms(Decided.P99),
    ];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
