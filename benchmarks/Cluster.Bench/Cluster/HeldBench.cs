using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;

namespace ProverCluster.Bench.Cluster;

/// <summary>
/// What an open goal and a run of it hold of memory where their coordinator and their listener are. Goals of 1, 2, 4 and 7 runs that all go on are held at once; the memory
/// of a goal over its number of runs is a straight line.
/// </summary>
internal static class HeldBench
{
    private const int MostGoals = 10_000;
    private static readonly int[] s_runs = [1, 2, 4, TimedCatalogue.Losers];

    /// <param name="goals">How many, of each number of runs; not more than <see cref="MostGoals"/> at once.</param>
    public static async Task<Held> MeasureAsync(int goals)
    {
        // What the first one loads is nobody's.
        await HoldAsync(1, 1);
        var points = new List<(double Runs, double Bytes)>();
        foreach (var runs in s_runs) points.Add((runs, await HoldAsync(runs, Math.Min(goals, MostGoals))));
        var line = Line.Through(points);
        return new Held(Math.Round(line.AtZero), Math.Round(line.Slope));
    }

    private static async Task<double> HoldAsync(int runs, int goals)
    {
        await using var coordinators = new CoordinatorsAlone();
        var source = new GoalSource([.. Enumerable.Range(0, runs).Select(TimedCatalogue.Loser)]);
        var starts = new Starts(runs * goals);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < goals; i++)
        {
            var (goal, document) = source.Next();
            _ = coordinators.RaceAsync(goal, document, starts, CancellationToken.None);
        }

        await starts.All;
        return (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / goals;
    }

    private sealed class Starts(int all) : IProgress<IGoalEvent>
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = all;

        public Task All => _all.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Report(IGoalEvent value)
        {
            if (value is GoalEvents.RunStarted && Interlocked.Decrement(ref _left) == 0) _all.SetResult();
        }
    }
}

/// <param name="GoalBytes">Of a goal, its runs and its text apart.</param>
/// <param name="RunBytes">Of each run.</param>
internal sealed record Held(double GoalBytes, double RunBytes);
