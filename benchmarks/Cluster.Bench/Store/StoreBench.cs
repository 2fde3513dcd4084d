using System.Globalization;
using ProverCluster.Bench.Measuring;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Store;

/// <summary>What acknowledged means, and costs: goals a second that are on the disk, beside single commits, and what an open goal takes.</summary>
internal static class StoreBench
{
    private const double LeastRatio = 10;

    /// <summary>Goals that are there before anything is measured: the code is warm by then, and the tables are not empty.</summary>
    private const int Before = 20_000;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var time = options.Take("--time", TimeSpan.FromSeconds(10), new DurationRange("1s", "1h"));
        var clients = options.Take("--clients", 64, new CountRange(1, 1000));
        var goals = options.Take("--goals", 100_000, new CountRange(1000, 10_000_000));
        var parent = options.Take("--data") ?? Path.GetTempPath();
        var json = options.Take("--json");
        options.RefuseUnknown();

        var machine = Machine.Now();
        var figures = new List<StoreFigures>();
        OpenFigures open;
        var flush = DiskFlush.Measure(parent);
        await using (var folder = StorePlace.InFolder(parent))
        {
            figures.Add(await MeasureAsync(folder, clients, goals, time));
            open = await OpenGoals.MeasureAsync(folder, goals);
        }

        await using (var server = await StorePlace.OnServerAsync())
        {
            if (server is not null) figures.Add(await MeasureAsync(server, clients, goals, time));
        }

        return Report(machine.AtTheEnd(), figures, open, flush, clients, json);
    }

    private static async Task<StoreFigures> MeasureAsync(StorePlace place, int clients, int goals, TimeSpan time)
    {
        double bare, accepted;
        Distribution latency;
        // What was written for the rates is not to be among the open goals.
        await using (var rates = place.Url is null ? StorePlace.InFolder(Path.GetDirectoryName(place.Folder)!) : null)
        {
            await using var store = await (rates ?? place).OpenAsync();
            await StoreLoad.FillAsync(store, Before, clients);
            await using var plain = await (rates ?? place).ConnectAsync();
            bare = await BareLoop.CommitAsync(plain, time / 2);
            (accepted, latency) = await StoreLoad.AcceptAsync(store, clients, time);
            bare = Math.Round((bare + await BareLoop.CommitAsync(plain, time / 2)) / 2, 1);
        }

        await using var full = await place.OpenAsync();
        var before = (Bytes: await place.BytesAsync(full), (await full.Goals.CountAsync()).Open);
        await StoreLoad.FillAsync(full, goals, clients);
        var bytes = (await place.BytesAsync(full) - before.Bytes) / (double)((await full.Goals.CountAsync()).Open - before.Open);
        return new StoreFigures(place.Kind, bare, accepted, Math.Round(accepted / bare, 1), latency, Math.Round(bytes));
    }

    private static int Report(Machine machine, IReadOnlyList<StoreFigures> figures, OpenFigures open, Distribution flush, int clients, string? json)
    {
        Console.WriteLine($"""
            {machine}.
            Goals that {clients} clients have accepted, each flushed before its client is told, beside a bare loop that writes the same row, one after the other in a transaction of its own,
            through a connection of its own to the same store, before and after. The disk flushes a page in {Text(Math.Round(flush.P50, 2))} ms (p50; p99 {Text(Math.Round(flush.P99, 2))}).

            """);
        var table = new BenchTable("", "single commits/s", "goals/s", "times", "p50 ms", "p99 ms", "bytes a goal");
        foreach (var each in figures) table.Add(each.Store, Text(each.SinglePerSecond), Text(each.GoalsPerSecond), Text(each.Ratio), BenchTable.Ms(each.Latency.P50), BenchTable.Ms(each.Latency.P99), Text(each.BytesOfGoal));
        table.Print();
        Console.WriteLine(FormattableString.Invariant($"""

            A node that is started on {open.Goals} open goals in a folder has {open.AtWork} of them at work after {open.Seconds:0.0} s, with {open.Started} provers. Each of those takes {open.HeapKiBAtWork:0.0} KiB of the heap, which is
            {open.HeapKiB:0.00} KiB for each that is open; the process has grown by {open.ResidentMiB:0.0} MiB.
            """));
        // What is asked is at least so many times; a requirement is a bound above.
        Requirement[] requirements =
        [
            .. figures.Select(each => new Requirement($"{each.Store}: a single commit's rate as a share of that of {clients} clients", Math.Round(each.SinglePerSecond / each.GoalsPerSecond, 3), 1 / LeastRatio)),
            new("provers that were started for the open goals", open.Started, 4),
        ];
        var code = Requirement.Print(requirements);
        JsonFigures.Write(new { bench = "store", machine, clients, flush, figures, open, requirements }, json);
        return code;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Store">Which kind.</param>
/// <param name="SinglePerSecond">Of the bare loop.</param>
/// <param name="GoalsPerSecond">Accepted, by many clients.</param>
/// <param name="Ratio">Of the two.</param>
/// <param name="Latency">Of a goal, in milliseconds.</param>
/// <param name="BytesOfGoal">On the disk.</param>
internal sealed record StoreFigures(string Store, double SinglePerSecond, double GoalsPerSecond, double Ratio, Distribution Latency, double BytesOfGoal);
