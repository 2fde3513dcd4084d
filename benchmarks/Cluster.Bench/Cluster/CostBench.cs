using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Node;

namespace ProverCluster.Bench.Cluster;

/// <summary>
/// What a goal and a run cost of processor time, in microseconds. Goals with 1, 2, 4 and 8 runs are raced by somebody who has no provers; the processor time
/// of a goal over its number of runs is a straight line, of which the slope is what one run more costs and the rest is the goal's.
/// Processor time and not time, since that is the same on a machine that others use.
/// </summary>
internal static class CostBench
{
    private const int Rounds = 9;
    private const int InFlight = 64;
    private static readonly int[] s_runs = [1, 2, 4, 1 + TimedCatalogue.Losers];

    /// <param name="who">Names it in the table.</param>
    /// <param name="races">Who races the goals.</param>
    /// <param name="goals">How many, of each number of runs.</param>
    public static async Task<Cost> MeasureAsync(string who, IGoalRaces races, int goals)
    {
        var costs = s_runs.ToDictionary(runs => runs, _ => new List<double>());
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var runs in s_runs)
            {
                var cost = await RoundAsync(races, runs, goals);
                if (round >= 0) costs[runs].Add(cost);
            }
            Progress.Show(who + " round", round + 3, Rounds + 2);
        }

        var points = s_runs.Select(runs => (Runs: (double)runs, Cost: Median(costs[runs]))).ToArray();
        var line = Line.Through(points);
        return new Cost(
            who,
            Math.Round(line.AtZero, 1),
            Math.Round(line.Slope, 1),
            points.ToDictionary(point => (int)point.Runs, point => Math.Round(point.Cost, 1)));
    }

    private static async Task<double> RoundAsync(IGoalRaces races, int runs, int goals)
    {
        BackendName[] backends = [TimedCatalogue.AtOnce, .. Enumerable.Range(0, runs - 1).Select(TimedCatalogue.Loser)];
        var source = new GoalSource(backends);
        var left = goals;
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await source.RaceAsync(races);
        }));
        return (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / goals;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}

/// <param name="Who">Whose.</param>
/// <param name="GoalUs">Of a goal, its runs apart.</param>
/// <param name="RunUs">Of each run.</param>
/// <param name="ByRuns">Of a goal with so many runs.</param>
internal sealed record Cost(string Who, double GoalUs, double RunUs, IReadOnlyDictionary<int, double> ByRuns)
{
    public static readonly string[] Titles = ["", "us a goal", "us a run", "goal of 1 run", "2 runs", "4 runs", "8 runs"];

    public string[] Row() => [Who, Us(GoalUs), Us(RunUs), .. ByRuns.OrderBy(each => each.Key).Select(each => Us(each.Value))];

    private static string Us(double microseconds) => FormattableString.Invariant($"{microseconds:0}");
}
