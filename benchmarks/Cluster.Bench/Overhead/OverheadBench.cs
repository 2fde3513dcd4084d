using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Overhead;

/// <summary>What we add to the raw prover, beside what GNU parallel adds.</summary>
internal static class OverheadBench
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var rounds = options.Take("--rounds", 50, new CountRange(1, 100_000));
        var warmup = options.Take("--warmup", 10, new CountRange(1, 10_000));
        var folder = options.Take("--goals") ?? Repository.Find("benchmarks/goals");
        var json = options.Take("--json");
        options.RefuseUnknown();

        if (!Directory.Exists(folder)) throw new BenchRefusal($"{folder} is not a folder");
        string[] goals = [.. Directory.GetFiles(Path.GetFullPath(folder), "*.smt2").Order(StringComparer.Ordinal)];
        if (goals.Length == 0) throw new BenchRefusal($"{folder} has no goals: files that end in .smt2");
        var parallel = ExecutableFinder.Find("parallel") ?? throw new BenchRefusal("GNU parallel is not installed (Debian's package is parallel)");
        var catalogue = BackendCatalogue.Read(SettingsFiles.LoadShipped());
        var (z3, cvc5) = (Installed(catalogue, "z3"), Installed(catalogue, "cvc5"));

        var machine = Machine.Now();
        await using var sandboxed = await NodeUnderTest.StartAsync(catalogue, SandboxMode.Required);
        await using var watched = await NodeUnderTest.StartAsync(catalogue, SandboxMode.Required, isWatched: true);
        await using var open = await NodeUnderTest.StartAsync(catalogue, SandboxMode.Off);
        using var traces = new TraceExport();
        var (z3Name, cvc5Name) = (z3.Backend.Name, cvc5.Backend.Name);
        var field = new Field(
            [new RawProver(z3), new RawProver(cvc5)],
            new GnuParallel(parallel, [z3, cvc5]),
            [new OurNode("one backend: z3", sandboxed, z3Name), new OurNode("one backend: cvc5", sandboxed, cvc5Name)],
            new OurNode("two backends", sandboxed, z3Name, cvc5Name),
            new SettledNode("two, settled", sandboxed, traces: null, z3Name, cvc5Name),
            new SettledNode("two, settled, watched", watched, traces, z3Name, cvc5Name),
            [new OurNode("z3, no sandbox", open, z3Name), new OurNode("cvc5, no sandbox", open, cvc5Name), new OurNode("two, no sandbox", open, z3Name, cvc5Name)]);
        var measured = new Rounds(field.All, goals);
        await measured.RunAsync(warmup, counted: false);
        await measured.RunAsync(rounds, counted: true);
        traces.SendRest();
        return new OverheadReport(measured, field, traces, goals, rounds, machine.AtTheEnd()).Print(json);
    }

    private static PlannedBackend Installed(BackendCatalogue catalogue, string name) =>
        catalogue.Find(BackendName.Parse(name), GoalLanguage.SmtLib2) is { IsAvailable: true } found ? found : throw new BenchRefusal($"{name} is not installed");
}

/// <summary>Who is measured.</summary>
internal sealed record Field(
    IReadOnlyList<RawProver> Raw, GnuParallel Parallel, IReadOnlyList<OurNode> One, OurNode Two, SettledNode Unwatched, SettledNode Watched, IReadOnlyList<OurNode> WithoutSandbox)
{
    public IReadOnlyList<OurNode> Ours => [.. One, Two, .. WithoutSandbox];

    /// <summary>Those that are measured to the verdict.</summary>
    public IReadOnlyList<IContender> Deciding => [.. Raw, Parallel, .. Ours];

    public IReadOnlyList<IContender> All => [.. Deciding, Unwatched, Watched];
}
