using System.Diagnostics;
using System.Globalization;
using ProverCluster.Bench.Measuring;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Http;

/// <summary>What the HTTP interface adds to a goal, how many it takes a second, and what a stream of events costs.</summary>
internal static class HttpBench
{
    private const int Rounds = 5;
    private const int Many = 16;
    private const double AddedP50Ms = 2;
    private const double AddedP99Ms = 10;
    private const double StreamKiB = 64;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var goals = options.Take("--goals", 2000, new CountRange(100, 1_000_000));
        var time = options.Take("--time", TimeSpan.FromSeconds(10), new DurationRange("1s", "1h"));
        var streams = options.Take("--streams", 1000, new CountRange(10, 4000));
        var json = options.Take("--json");
        options.RefuseUnknown();
        var wrk = new Wrk(ExecutableFinder.Find("wrk") ?? throw new BenchRefusal("wrk is not installed (Debian's package is wrk)"));

        var machine = Machine.Now();
        var idle = await IdleStreams.MeasureAsync(streams);
        await using var node = await HttpNodeProcess.StartAsync();
        await using var http = new HttpClients(node.Address);
        HttpWay[] ways =
        [
            new("in the node's process", node.RaceAsync),
            new("submit and wait", (count, clients) => Clients.AskAsync(count, clients, http.SubmitAndWaitAsync)),
            new("client library", (count, clients) => Clients.AskAsync(count, clients, http.ProveAsync)),
        ];
        int[] clients = [1, Many];
        foreach (var each in clients) await MeasureAsync(ways, goals / Rounds, each, rounds: 1, counted: false);
        foreach (var each in clients) await MeasureAsync(ways, goals / Rounds, each, Rounds, counted: true);
        WrkFigures[] loads = [await wrk.MeasureAsync(node.Address, 1, time), await wrk.MeasureAsync(node.Address, Many, time)];
        return Report(machine.AtTheEnd(), [.. clients.SelectMany(each => ways.Select(way => way.Of(each)))], loads, idle, goals, json);
    }

    /// <summary>The ways take turns: what the machine does beside is shared by all.</summary>
    private static async Task MeasureAsync(HttpWay[] ways, int goals, int clients, int rounds, bool counted)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var way in ways) await way.MeasureAsync(goals, clients, counted);
            Progress.Show($"{clients} clients, round", round + 1, rounds);
        }
    }

    private static int Report(Machine machine, HttpFigures[] figures, WrkFigures[] loads, StreamFigures idle, int goals, string? json)
    {
        var (inProcess, waiting, library) = (figures[0], figures[1], figures[2]);
        var added = new Added(Math.Round(waiting.Latency.P50 - inProcess.Latency.P50, 3), Math.Round(waiting.Latency.P99 - inProcess.Latency.P99, 3));
        var addedByLibrary = new Added(Math.Round(library.Latency.P50 - inProcess.Latency.P50, 3), Math.Round(library.Latency.P99 - inProcess.Latency.P99, 3));
        Requirement[] requirements =
        [
            new("added by submit-and-wait to one goal at a time, p50, ms", added.P50, AddedP50Ms),
            new("added by submit-and-wait to one goal at a time, p99, ms", added.P99, AddedP99Ms),
            new($"memory of one of {idle.Streams} idle streams, KiB", idle.ResidentKiB, StreamKiB),
        ];

        Console.WriteLine($"""
            {machine}.
            A node in a process of its own, whose provers are timers that prove at once: what is measured is the node and the way to it. {goals} goals each way, each with a text of its
            own, one after the other and {Many} at a time; milliseconds until the answer with the settled goal is there, the reading of its text included.

            """);
        var table = new BenchTable("", "clients", "goals/s", "p50", "p90", "p99", "max");
        foreach (var each in figures)
            table.Add(each.Way, Text(each.Clients), Text(each.PerSecond), Ms(each.Latency.P50), Ms(each.Latency.P90), Ms(each.Latency.P99), Ms(each.Latency.Max));
        foreach (var load in loads)
            table.Add("submit and wait, by wrk", Text(load.Connections), Text(load.PerSecond), Ms(load.P50), "", Ms(load.P99), "");
        table.Print();
        Console.WriteLine(FormattableString.Invariant($"""

            To a goal in the node's process submit-and-wait adds {added.P50:0.00} ms (p99 {added.P99:0.00}), the client library, which hears the whole story, {addedByLibrary.P50:0.00} ms (p99 {addedByLibrary.P99:0.00}).
            Each of {idle.Streams} idle streams of events takes {idle.HeapKiB:0.0} KiB of the heap and {idle.ResidentKiB:0.0} KiB of the process.
            """));
        var code = Requirement.Print(requirements);
        JsonFigures.Write(new { bench = "http", machine, goals, figures, wrk = loads, added, addedByLibrary, idle, requirements }, json);
        return code;
    }

    private static string Ms(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private sealed record Added(double P50, double P99);
}

/// <summary>A way to have goals decided, and what was measured of it.</summary>
/// <param name="name">In the table.</param>
/// <param name="ask">Has so many goals decided, so many at a time, and tells the milliseconds of each.</param>
internal sealed class HttpWay(string name, Func<int, int, Task<double[]>> ask)
{
    private readonly Dictionary<int, (List<double> Times, TimeSpan All)> _measured = [];

    public async Task MeasureAsync(int goals, int clients, bool counted)
    {
        var began = Stopwatch.GetTimestamp();
        var times = await ask(goals, clients);
        if (!counted) return;
        var (known, all) = _measured.GetValueOrDefault(clients, ([], TimeSpan.Zero));
        _measured[clients] = ([.. known, .. times], all + Stopwatch.GetElapsedTime(began));
    }

    public HttpFigures Of(int clients)
    {
        var (times, all) = _measured[clients];
        return new HttpFigures(name, clients, Math.Round(times.Count / all.TotalSeconds, 1), new Distribution(times));
    }
}

/// <param name="Way">Which.</param>
/// <param name="Clients">At a time.</param>
/// <param name="PerSecond">Goals.</param>
/// <param name="Latency">Of each, in milliseconds.</param>
internal sealed record HttpFigures(string Way, int Clients, double PerSecond, Distribution Latency);
