using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Bench.Measuring;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.Cluster;

/// <summary>How a cluster scales, and what a goal and a run cost it beside the provers.</summary>
internal static class ClusterBench
{
    private const double MostPerRunUs = 300;
    private static readonly int[] s_sizes = [1, 2, 4];
    private static readonly int[] s_quietSizes = [2, 4, 8];

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var time = options.Take("--time", TimeSpan.FromSeconds(10), new DurationRange("1s", "1h"));
        var sleep = options.Take("--sleep", TimeSpan.FromMilliseconds(100), new DurationRange("1ms", "1m"));
        var slots = options.Take("--slots", 8, Limits.Slots);
        var goals = options.Take("--goals", 1000, new CountRange(100, 1_000_000));
        var json = options.Take("--json");
        options.RefuseUnknown();

        var machine = Machine.Now();
        var costs = new List<Cost>();
        await using (var coordinators = new CoordinatorsAlone()) costs.Add(await CostBench.MeasureAsync("coordinator and listener", coordinators, goals));
        await using (var node = await StartNodeAsync()) costs.Add(await CostBench.MeasureAsync("whole node, without provers", node, goals));

        var rates = new List<Throughput>();
        var bench = new ThroughputBench(sleep, slots, time);
        foreach (var nodes in s_sizes) rates.Add(await bench.MeasureAsync(nodes, TimedCatalogue.Sleeper));
        foreach (var nodes in s_sizes) rates.Add(await bench.MeasureAsync(nodes, TimedCatalogue.Sleeper, TimedCatalogue.Loser(0)));

        var held = await HeldBench.MeasureAsync(goals);
        machine = machine.AtTheEnd();
        var quiet = new List<AtRest>();
        // In memory nothing is said that could be counted.
        foreach (var nodes in ActorRuntime.HasNetwork ? s_quietSizes : []) quiet.Add(await RestBench.MeasureAsync(nodes, time));

        Requirement[] requirements = [.. costs.Select(cost => new Requirement($"processor time of a run, {cost.Who}, us", cost.RunUs, MostPerRunUs))];
        Print(machine, costs);
        Print(rates, sleep, slots);
        Print(held, quiet);
        var code = Requirement.Print(requirements);
        JsonFigures.Write(new { bench = "cluster", machine, sleepMs = sleep.TotalMilliseconds, slots, costs, rates, held, quiet, requirements }, json);
        return code;
    }

    private static Task<ProverNode> StartNodeAsync() => ProverNode.StartAsync(
        QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped())) with { Slots = 1024 },
        TimedCatalogue.Of(TimeSpan.Zero),
        null,
        services => services.AddSingleton<IProverLauncher>(_ => new TimedLauncher()),
        CancellationToken.None);

    private static void Print(Machine machine, List<Cost> costs)
    {
        Console.WriteLine($"""
            {machine}.
            Nobody here starts a process: provers are timers in this process that print what a prover prints.

            Processor time in microseconds. Goals of 1, 2, 4 and 8 runs, 64 in flight, the first run proves at once and the others are preempted; a
            run is the slope of the line through them, a goal the rest. The first row has an actor that answers at once instead of nodes; the second
            has everything that a node has for itself alone: agent, runners, ticks, readings.

            """);
        var table = new BenchTable(Cost.Titles);
        foreach (var cost in costs) table.Add(cost.Row());
        table.Print();
    }

    private static void Print(List<Throughput> rates, TimeSpan sleep, int slots)
    {
        Console.WriteLine($"""

            Goals a second on clusters in this process, whose nodes talk over loopback with everything serialized. A prover sleeps {sleep.TotalMilliseconds:0} ms and proves; of two
            runs a goal the second one sleeps until it is preempted. {slots} slots a node; of goals with one run twice as many are in flight as there are slots, of
            races as many as can be run at once. Every goal has a text of its own, which is fetched by the nodes that race it.

            """);
        var table = new BenchTable(Throughput.Titles);
        foreach (var rate in rates) table.Add(rate.Row());
        table.Print();
    }

    private static void Print(Held held, List<AtRest> quiet)
    {
        Console.WriteLine(FormattableString.Invariant($"""

            Memory of an open goal where its coordinator and its listener are: {held.GoalBytes:0} bytes, and {held.RunBytes:0} for each run.
            """));
        if (quiet.Count == 0) return;
        Console.WriteLine("""

            Nodes in this process with the shipped settings and nothing to do: what each says over loopback, headers included, and its processor time. What else on this
            machine talks over loopback is counted, too.

            """);
        var table = new BenchTable(AtRest.Titles);
        foreach (var each in quiet) table.Add(each.Row());
        table.Print();
    }
}
