using ProverCluster.Bench.Measuring;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Preempt;

/// <summary>How soon a loser is dead.</summary>
internal static class PreemptBench
{
    private const double SlackMs = 5;
    private const double ReapedMs = 50;
    private const long NeededForLarge = 6L << 30;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var races = options.Take("--races", 1000, new CountRange(8, 1_000_000));
        var large = options.Take("--large", 20, new CountRange(0, 10_000));
        var tick = options.Take("--tick", TimeSpan.FromMilliseconds(10), Limits.Tick);
        var sandbox = options.Take("--sandbox", SandboxMode.Required, Limits.SandboxMode);
        var json = options.Take("--json");
        options.RefuseUnknown();
        if (large > 0 && MachineMemory.Bytes() is < NeededForLarge)
        {
            Console.WriteLine("Losers of 1 and 2 GiB are left out: this machine has less than 6 GiB of memory.");
            large = 0;
        }

        var machine = Machine.Now();
        await using var node = await NodeUnderTest.StartAsync(PreemptCatalogue.Of([.. LoserKind.Small, .. LoserKind.Large]), sandbox, tick);
        foreach (var notice in node.Notices) Console.WriteLine(notice);
        var measured = new PreemptRaces(node, Repository.Find("benchmarks/goals/false.smt2"));
        await measured.RunAsync(LoserKind.Small, 2 * LoserKind.Small.Count, counted: false);
        await measured.RunAsync(LoserKind.Small, races);
        await measured.RunAsync(LoserKind.Large, large * LoserKind.Large.Count);
        return Report(measured, machine.AtTheEnd(), tick, json);
    }

    private static int Report(PreemptRaces measured, Machine machine, TimeSpan tick, string? json)
    {
        KindFigures[] kinds = [.. LoserKind.Small.Select(kind => KindFigures.Of(kind.Title, measured.Times(kind)))];
        var small = KindFigures.Of("all of these", [.. LoserKind.Small.SelectMany(measured.Times)]);
        KindFigures[] figures =
        [
            .. kinds,
            small,
            .. LoserKind.Large.Where(kind => measured.Times(kind).Count > 0).Select(kind => KindFigures.Of(kind.Title, measured.Times(kind))),
        ];
        Requirement[] requirements =
        [
            new("winner's verdict to the loser's signal, p99, ms", small.VerdictToSignal.P99, tick.TotalMilliseconds + SlackMs),
            new("winner's verdict to the loser reaped, p99, ms", small.VerdictToReaped.P99, ReapedMs),
        ];

        Console.WriteLine($"""
            {machine}, tick {tick.TotalMilliseconds} ms.
            Each race is z3, which begins when the loser is up, against one loser. Verdict: z3's line was read; signal: SIGKILL was sent to the
            loser; reaped: nothing that it started was alive any more. Milliseconds, from the times in the goal's answer. A run's times
            count from its node's receipt of it, which the goal's clock knows by the quickest of the run's reports: from verdict to signal,
            and to reaped, a figure may be off by what such a report was under way, in one process some 0.1 ms, and more when it is busy.
            {measured.Repeated} races were run again because the loser was not up when z3 answered.

            """);
        var table = new BenchTable(KindFigures.Titles);
        foreach (var each in figures) table.Add(each.Row());
        table.Print();
        // Pooled, a kind that is late once in ten times does not show.
        var (signal, reaped) = (kinds.MaxBy(kind => kind.VerdictToSignal.P99)!, kinds.MaxBy(kind => kind.VerdictToReaped.P99)!);
        Console.WriteLine($"""

            The worst p99 of one kind: verdict to signal {BenchTable.Ms(signal.VerdictToSignal.P99)} ({signal.Loser}), verdict to reaped {BenchTable.Ms(reaped.VerdictToReaped.P99)} ({reaped.Loser}).
            """);
        var worst = new { verdictToSignal = new { signal.Loser, signal.VerdictToSignal.P99 }, verdictToReaped = new { reaped.Loser, reaped.VerdictToReaped.P99 } };
        var code = Requirement.Print(requirements);
        JsonFigures.Write(new { bench = "preempt", machine, tickMs = tick.TotalMilliseconds, measured.Repeated, figures, worst, requirements }, json);
        return code;
    }
}
