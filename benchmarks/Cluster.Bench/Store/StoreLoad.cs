using System.Diagnostics;
using System.Text;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Store;

namespace ProverCluster.Bench.Store;

/// <summary>What is written to a store.</summary>
internal static class StoreLoad
{
    private static readonly GoalLimits s_limits = new(TimeSpan.FromDays(7), RunTimeout: null, RunCpu: null, MemoryBytes: 1 << 30, OutputBytes: 1 << 20);

    /// <summary>Clients that have goals accepted, each one after the other.</summary>
    /// <returns>How many a second, and the milliseconds of each.</returns>
    public static async Task<(double PerSecond, Distribution Latency)> AcceptAsync(NodeStore store, int clients, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                var goal = Goal();
                var asked = Stopwatch.GetTimestamp();
                await store.Goals.AcceptAsync(goal);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return times;
        })));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (Math.Round(all.Sum(times => times.Count) / seconds, 1), new Distribution(all.SelectMany(times => times)));
    }

    /// <summary>So many open goals.</summary>
    public static async Task FillAsync(NodeStore store, int goals, int clients)
    {
        var left = goals;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await store.Goals.AcceptAsync(Goal());
        })));
    }

    /// <summary>A small formula of which no two are the same.</summary>
    public static NewGoal Goal()
    {
        var id = GoalId.New();
        var text = Encoding.ASCII.GetBytes($"c {id}\np cnf 3 4\n1 2 0\n-1 2 0\n1 -2 0\n3 0\n");
        var goal = new Goal(id, id.Value, GoalLanguage.Dimacs, TextDigest.Of(text), s_limits, Strategy.Speculative, [], KeepOutput: false, new Dictionary<string, string>());
        return new NewGoal(goal, text, "", Stands: true, 0, s_limits.Timeout);
    }
}
