using System.Diagnostics;
using ProverCluster.Node.Store;
using Xunit.Abstractions;
using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>Figures of a long run, beside what they are to be compared with.</summary>
[Collection(nameof(Stores))]
public sealed class How_many(Stores stores, ITestOutputHelper output)
{
    [StressFact]
    public Task In_a_folder() => MeasureAsync(StoreKind.Sqlite);

    [StressFact]
    public Task On_a_server() => MeasureAsync(StoreKind.Postgres);

    private async Task MeasureAsync(StoreKind kind)
    {
        if ((kind == StoreKind.Sqlite ? Needs.Sqlite() : PostgresServer.Missing()) is not null)
            return;
        var (alone, together) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            await using var store = await stores.OpenAsync(kind);
            alone.Add(await PerSecondAsync(1, store.Goals));
            together.Add(await PerSecondAsync(64, store.Goals));
        }

        output.WriteLine(FormattableString.Invariant(
            $"figures: {kind}: accepted goals per second, from 64 callers and from one, three times: {string.Join(", ", together.Zip(alone, (all, one) => $"{all:0} and {one:0} ({all / one:0.0} times)"))}"));
    }

    private static async Task<double> PerSecondAsync(int callers, IGoalStore store)
    {
        var (count, clock) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(3))
            {
                await store.AcceptAsync(Goal(text: $"p cnf 1 1\n{Guid.NewGuid()}"));
                Interlocked.Increment(ref count);
            }
        })));
        return count / clock.Elapsed.TotalSeconds;
    }
}
