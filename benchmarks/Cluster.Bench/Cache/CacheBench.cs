using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProverCluster.Bench.Cluster;
using ProverCluster.Bench.Http;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Records;

namespace ProverCluster.Bench.Cache;

/// <summary>How soon a goal is answered whose verdict is known, and how many races a crowd starts that wants the same.</summary>
internal static class CacheBench
{
    private const double InProcessP99Ms = 1, HttpP99Ms = 5;
    private const int Flushes = 200;

    private static readonly GoalLimits s_limits = new(TimeSpan.FromMinutes(5), RunTimeout: null, RunCpu: null, MemoryBytes: 1 << 30, OutputBytes: 1 << 20);

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var hits = options.Take("--hits", 2000, new CountRange(100, 1_000_000));
        var clients = options.Take("--clients", 200, new CountRange(2, 2000));
        var parent = options.Take("--data") ?? Path.GetTempPath();
        var json = options.Take("--json");
        options.RefuseUnknown();

        var machine = Machine.Now();
        var flush = new Distribution(Flush(parent));
        await using var node = await CacheNode.StartAsync(parent);
        var text = Text();
        await node.PostAsync(text, TimedCatalogue.AtOnce.Value);
        // It is kept a moment later.
        while (!(await node.PostAsync(text, TimedCatalogue.AtOnce.Value)).Contains("\"cached\":true", StringComparison.Ordinal)) await Task.Delay(10);
        var before = node.Starts;

        (string Way, Func<Task> Ask)[] ways =
        [
            ("the hit alone, in process", () => node.AskFlightAsync(() => Goal(text))),
            ("accepted and kept, in process", () => node.AskRecordAsync(() => Goal(text))),
            ("submit and wait, over HTTP", () => node.PostAsync(text, TimedCatalogue.AtOnce.Value)),
        ];
        foreach (var way in ways) await Clients.AskAsync(hits / 4, 1, way.Ask);
        var figures = new List<HitFigures>();
        foreach (var (way, ask) in ways) figures.Add(new HitFigures(way, new Distribution(await Clients.AskAsync(hits, 1, ask))));
        if (node.Starts != before) throw new BenchRefusal($"{node.Starts - before} provers were started for goals whose verdict was known");

        var hard = Text();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => node.PostAsync(hard, TimedCatalogue.Sleeper.Value)));
        var crowd = new CrowdFigures(clients, node.Starts - before, Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3));
        return Report(machine.AtTheEnd(), figures, flush, crowd, hits, json);
    }

    private static int Report(Machine machine, IReadOnlyList<HitFigures> figures, Distribution flush, CrowdFigures crowd, int hits, string? json)
    {
        Console.WriteLine($"""
            {machine}.
            A node in this process, with a store in a folder and provers that are timers. {hits} goals each way whose verdict is known, one after the other; milliseconds until the answer is there.
            A goal that comes over HTTP is stored before it is acknowledged, and its answer before it is told: two flushes of the disk, of which one takes {Ms(flush.P50)} ms (p99 {Ms(flush.P99)}).

            """);
        var table = new BenchTable("", "p50", "p90", "p99", "max");
        foreach (var each in figures) table.Add(each.Way, Ms(each.Latency.P50), Ms(each.Latency.P90), Ms(each.Latency.P99), Ms(each.Latency.Max));
        table.Print();
        Console.WriteLine(FormattableString.Invariant($"\n{crowd.Clients} clients that submitted the same hard goal at once over HTTP started {crowd.Races} race, and all had their answers after {crowd.Seconds:0.0} s."));
        Requirement[] requirements =
        [
            new("a hit in process, p99, ms", figures[0].Latency.P99, InProcessP99Ms),
            new("a hit over HTTP, p99, ms", figures[2].Latency.P99, HttpP99Ms),
            new($"races that {crowd.Clients} clients start", crowd.Races, 1),
        ];
        var code = Requirement.Print(requirements);
        JsonFigures.Write(new { bench = "cache", machine, hits, figures, flush, crowd, requirements }, json);
        return code;
    }

    private static (Goal Goal, SubmittedText Text) Goal(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        if (!GoalReader.TryRead(GoalLanguage.Dimacs, bytes, out var document, out var rejection)) throw new BenchRefusal(rejection.ToString());
        var id = GoalId.New();
        return (
            new Goal(id, id.Value, GoalLanguage.Dimacs, TextDigest.Of(bytes), s_limits, Strategy.Speculative, [TimedCatalogue.AtOnce], KeepOutput: false, new Dictionary<string, string>()),
            new SubmittedText(document, null));
    }

    /// <summary>What no store can be faster than.</summary>
    private static List<double> Flush(string parent)
    {
        var times = new List<double>();
        var path = Path.Combine(parent, $"flush-{Guid.NewGuid():N}");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        for (var i = 0; i < Flushes; i++)
        {
            var began = Stopwatch.GetTimestamp();
            file.Write(page);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    private static string Text() => $"c {Guid.NewGuid():N}\np cnf 1 1\n1 0\n";

    private static string Ms(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record HitFigures(string Way, Distribution Latency);

    /// <param name="Clients">That submitted the same goal at once.</param>
    /// <param name="Races">That were started.</param>
    /// <param name="Seconds">Until all had their answers.</param>
    private sealed record CrowdFigures(int Clients, int Races, double Seconds);
}
