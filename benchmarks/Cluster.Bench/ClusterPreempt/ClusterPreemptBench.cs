using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Bench.Cluster;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>How soon a loser on another node gets its signal.</summary>
internal sealed class ClusterPreemptBench
{
    private const double SlackMs = 15;

    /// <summary>Most of the slowest races are among the first hundred after a start.</summary>
    private const int WarmUp = 200;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunStamps>> _runs = [];
    private readonly GoalSource[] _goals = [.. RacePuppets.Winners.Select(winner => new GoalSource([RacePuppets.Loser, winner], GoalLanguage.SmtLib2))];
    private readonly List<Times> _first = [];
    private readonly List<Times> _times = [];
    private readonly List<double> _bare = [];
    private int _repeated;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var races = options.Take("--races", 1000, new CountRange(1, 1_000_000));
        var tick = options.Take("--tick", TimeSpan.FromMilliseconds(10), Limits.Tick);
        var sandbox = options.Take("--sandbox", SandboxMode.Auto, Limits.SandboxMode).ToString().ToLowerInvariant();
        var json = options.Take("--json");
        options.RefuseUnknown();
        if (!ActorRuntime.HasNetwork) throw new BenchRefusal("nodes in several processes need the akka runtime, and this build has embedded actors");

        var machine = Machine.Now();
        var bench = new ClusterPreemptBench();
        await bench.MeasureAsync(races, tick, sandbox);
        return bench.Report(machine.AtTheEnd(), tick, sandbox, json);
    }

    private async Task MeasureAsync(int races, TimeSpan tick, string sandbox)
    {
        var provers = RacePuppets.Catalogue;
        // The coordinator is a node of its own: in a cluster of many, a goal's is seldom on a node that races it. So a preemption has two hops.
        await using var coordinator = await NodeProcess.StartAsync(_runs, NodeRoles.Coordinator, tick, sandbox);
        await using var first = await NodeProcess.StartAsync(_runs, NodeRoles.Prover, tick, sandbox, coordinator.Name);
        await using var second = await NodeProcess.StartAsync(_runs, NodeRoles.Prover, tick, sandbox, coordinator.Name);
        await using var client = await ProverNode.StartAsync(
            QuietActors.In(NodeSettings.Read(SettingsFiles.LoadShipped())) with { Slots = 1 },
            provers,
            new ClusterPlace("127.0.0.1", 0, [coordinator.Name], []),
            CancellationToken.None);
        await using var bare = await BarePeer.StartAsync(tick);
        for (var i = 0; i < WarmUp; i++)
        {
            _first.Add(await RaceAsync(client));
            await bare.MeasureAsync();
        }
        _repeated = 0;
        for (var i = 0; i < races; i++)
        {
            _times.Add(await RaceAsync(client));
            _bare.Add(await bare.MeasureAsync());
            Progress.Show("race", i + 1, races);
        }
    }

    private async Task<Times> RaceAsync(IGoalRaces client)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var answer = await Random.Shared.GetItems(_goals, 1)[0].RaceAsync(client);
            var loser = answer.Runs.Last(run => run.Run.Backend == RacePuppets.Loser);
            var winner = answer.Runs.Last(run => run.Run.Backend != RacePuppets.Loser);
            if (winner.Outcome == RunOutcome.Won && loser is { Outcome: RunOutcome.Preempted, Times.Started: not null } && loser.Node != winner.Node)
                return Times.Of(await StampsAsync(winner), await StampsAsync(loser));
            _repeated++;
        }
        throw new BenchRefusal("the loser was never up on another node: this machine is too busy to measure on");
    }

    private async Task<RunStamps> StampsAsync(RunRow run)
    {
        var name = run.Run.ToString();
        var stamps = await _runs.GetOrAdd(name, _ => new TaskCompletionSource<RunStamps>(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(s_patience);
        _runs.TryRemove(name, out _);
        return stamps;
    }

    private int Report(Machine machine, TimeSpan tick, string sandbox, string? json)
    {
        var toSignal = new Distribution(_times.Select(times => times.ToSignal));
        var toReaped = new Distribution(_times.Select(times => times.ToReaped));
        var firstToSignal = new Distribution(_first.Select(times => times.ToSignal));
        var bare = new Distribution(_bare);
        Requirement[] requirements = [new("verdict on one node to the signal on another, p99, ms", toSignal.P99, tick.TotalMilliseconds + SlackMs)];
        Console.WriteLine($"""
            {machine}, tick {tick.TotalMilliseconds} ms, sandbox {sandbox}.
            Four processes: the coordinator's node, two nodes with one slot each, and the client, all on loopback. The winner, z3, begins 0.12 s after its start
            on one node, the loser sleeps on the other. Verdict: the winner's node has read its line; signal: the loser's node has sent SIGKILL; both noted
            where they happen, by CLOCK_MONOTONIC, which the processes of a machine share. Milliseconds. Between the races, the bare thing: a byte from here through
            another process to a third, by sockets and threads that block, and there to the next tick. What the race's own processes take is not in it.
            {_repeated} races were run again because the loser was not up, or not on another node, when the winner answered. {WarmUp} races came before these: they have
            a row, and do not count.

            """);
        var table = new BenchTable("", "races", "p50", "p90", "p99", "max");
        foreach (var (what, figures) in new[]
                 {
                     ("verdict to signal", toSignal), ("verdict to reaped", toReaped), ("verdict to signal, in the first races", firstToSignal), ("bare hops and a tick", bare),
                 })
            table.Add(what, $"{figures.Count}", BenchTable.Ms(figures.P50), BenchTable.Ms(figures.P90), BenchTable.Ms(figures.P99), BenchTable.Ms(figures.Max));
        table.Print();
        Console.WriteLine(FormattableString.Invariant($"\nVerdict to signal takes {toSignal.P50 / bare.P50:0.0} times as long as the bare thing at p50, {toSignal.P99 / bare.P99:0.0} times at p99."));
        var code = Requirement.Print(requirements);
        JsonFigures.Write(
            new
            {
                bench = "cluster-preempt",
                machine,
                tickMs = tick.TotalMilliseconds,
                sandbox,
                repeated = _repeated,
                verdictToSignal = toSignal,
                verdictToReaped = toReaped,
                firstVerdictToSignal = firstToSignal,
                bare,
                requirements,
            },
            json);
        return code;
    }

    /// <summary>One race, in milliseconds.</summary>
    private sealed record Times(double ToSignal, double ToReaped)
    {
        // Whoever was reaped before the signal's thread came back to note it had its signal by then.
        public static Times Of(RunStamps winner, RunStamps loser) => new(
            Stopwatch.GetElapsedTime(winner.Verdict, loser.Signal == 0 ? loser.Reaped : loser.Signal).TotalMilliseconds,
            Stopwatch.GetElapsedTime(winner.Verdict, loser.Reaped).TotalMilliseconds);
    }
}
