using ProverCluster.Bench.Measuring;

namespace ProverCluster.Bench.Overhead;

/// <summary>The tables, and what is asked of them.</summary>
internal sealed class OverheadReport(Rounds measured, Field field, TraceExport traces, IReadOnlyList<string> goals, int rounds, Machine machine)
{
    private const double OneBackendMs = 8;
    private const double TwoBackendsMs = 15;
    private const double ShareOfParallel = 0.2;
    private const double ShareOfTelemetry = 0.05;

    public int Print(string? json)
    {
        Console.WriteLine($"""
            {machine}. {goals.Count} goals, {rounds} rounds, interleaved, in a process that is up. Milliseconds.
            Raw: posix_spawn of the prover on the file, output to /dev/null, and wait4, from this process; until it was reaped.
            GNU parallel: with --halt now,success=1 on the same two, likewise; until it ended. It takes exit 0 for a verdict.
            Ours: from before the goal's file is read until the client is told the verdict. In the sandbox, unless it says otherwise.
            Settled: until the client is told that the last run is gone. Watched: with metrics added up and read once a goal, a log at INFO, in JSON, written nowhere, and until the goal's trace is told.
            Traces are sent by OTLP, many at once, between the measurements, to a collector in this process; what that takes is added to each goal. Where nothing is watched the library that sends them is there all the same, and passes each goal over.

            Medians of each goal
            """);
        PrintGoals();
        Console.WriteLine("\nAdded to the raw prover; where there are two, to the one with the smaller median on that goal");
        var added = PrintAdded();
        Console.WriteLine("\nWhere ours goes, medians: until the winner is spawned; sandbox and prover, until the verdict is read; reading the goal, and messages");
        var legs = PrintLegs();
        var telemetry = new Distribution(goals.Select(Telemetry));
        Console.WriteLine(FormattableString.Invariant($"\nTelemetry: {telemetry.P50:0.000} of a goal's time, median of the goals, {telemetry.Max:0.000} at most; sending a trace takes {traces.MsARace:0.000} ms and {traces.BytesARace:0} bytes of it"));
        var parallel = added[field.Parallel].P50;
        Requirement[] requirements =
        [
            .. field.One.Select(one => new Requirement($"added, {one.Name}, median, ms", added[one].P50, OneBackendMs)),
            new($"added, {field.Two.Name}, median, ms", added[field.Two].P50, TwoBackendsMs),
            new($"added, {field.Two.Name}, as a share of what GNU parallel adds", added[field.Two].P50 / parallel, ShareOfParallel),
            new("all telemetry on against off, two backends, to the settlement, median of the goals, as a share", telemetry.P50, ShareOfTelemetry),
        ];
        var code = Requirement.Print(requirements);
        JsonFigures.Write(Figures(added, legs, requirements), json);
        return code;
    }

    /// <summary>How much longer a goal takes with it.</summary>
    private double Telemetry(string goal) => (measured.Times(field.Watched, goal).P50 + traces.MsARace) / measured.Times(field.Unwatched, goal).P50 - 1;

    private void PrintGoals()
    {
        var table = new BenchTable(["", .. field.All.Select(contender => contender.Name)]);
        foreach (var goal in goals)
            table.Add([Path.GetFileName(goal), .. field.All.Select(contender => BenchTable.Ms(measured.Times(contender, goal).P50))]);
        table.Print();
    }

    private Dictionary<IContender, Distribution> PrintAdded()
    {
        var added = field.Deciding.ToDictionary(contender => contender, measured.Added);
        var parallel = added[field.Parallel].P50;
        var table = new BenchTable("", "goals", "p50", "p90", "p99", "max", "of GNU parallel's");
        foreach (var (contender, times) in added)
        {
            table.Add(
                contender.Name, $"{times.Count}", BenchTable.Ms(times.P50), BenchTable.Ms(times.P90), BenchTable.Ms(times.P99), BenchTable.Ms(times.Max),
                contender is RawProver ? "" : FormattableString.Invariant($"{times.P50 / parallel:0.00}"));
        }
        table.Print();
        return added;
    }

    private Dictionary<string, Legs> PrintLegs()
    {
        var medians = field.Ours.ToDictionary(ours => ours.Name, ours => new Legs(
            new Distribution(ours.Raced.Select(legs => legs.ToStart)).P50,
            new Distribution(ours.Raced.Select(legs => legs.Prover)).P50,
            new Distribution(ours.Raced.Select(legs => legs.Beside)).P50));
        var table = new BenchTable("", "to start", "sandbox and prover", "beside");
        foreach (var (name, legs) in medians)
            table.Add(name, $"{legs.ToStart:0.00}", $"{legs.Prover:0.00}", $"{legs.Beside:0.00}");
        table.Print();
        return medians;
    }

    private object Figures(Dictionary<IContender, Distribution> added, Dictionary<string, Legs> legs, Requirement[] requirements) => new
    {
        bench = "overhead",
        machine,
        rounds,
        goals = goals.Select(goal => new
        {
            goal = Path.GetFileName(goal),
            times = field.All.ToDictionary(contender => contender.Name, contender => measured.Times(contender, goal)),
        }),
        added = added.ToDictionary(each => each.Key.Name, each => each.Value),
        legs,
        sendingMs = traces.MsARace,
        requirements,
    };
}
