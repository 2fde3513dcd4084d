using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProverCluster.Bench.Http;

/// <summary>Clients that ask one thing after the other.</summary>
internal static class Clients
{
    /// <returns>The milliseconds that each took.</returns>
    public static async Task<double[]> AskAsync(int times, int clients, Func<Task> ask)
    {
        var (left, all) = (times, new ConcurrentBag<double>());
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            await Task.Yield();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var began = Stopwatch.GetTimestamp();
                await ask();
                all.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        return [.. all];
    }
}
