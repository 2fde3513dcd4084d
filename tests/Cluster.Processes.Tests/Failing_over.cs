using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ProverCluster.Client;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Processes.World;
using Xunit.Abstractions;

namespace ProverCluster.Processes;

/// <summary>Two nodes, many goals of one client in flight, and one node is killed: every call returns the right verdict, and none twice.</summary>
public sealed class Failing_over(ITestOutputHelper output)
{
    private static readonly int s_inFlight = Stress.Count(40, 200);
    private static readonly int s_before = s_inFlight / 4;
    private static readonly int s_goals = s_inFlight + s_before;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [ProcessesFact]
    public Task The_node_that_the_client_talks_to_is_killed() => FailOverAsync("the client's node killed", talksToVictim: true);

    [ProcessesStressFact]
    public Task The_node_that_the_client_does_not_talk_to_is_killed() => FailOverAsync("the other node killed", talksToVictim: false);

    private async Task FailOverAsync(string what, bool talksToVictim)
    {
        await using var nodes = await HttpNodes.StartAsync(Stress.IsWanted ? Form.Long : Form.Short, 2);
        // Of two nodes the one with the higher address may be lost.
        var (survivor, victim) = (nodes.All[0], nodes.All[1]);
        NodeProcess[] inOrder = talksToVictim ? [victim, survivor] : [survivor, victim];
        await using var prover = ProverClient.Connect([.. inOrder.Select(node => node.Http.ToString())]);
        var settled = new ConcurrentDictionary<string, int>();
        var (results, enough) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var calls = Enumerable.Range(0, s_goals).Select(ProveAsync).ToArray();
        await Patience.ForAsync(enough.Task, "the first results", nodes.Told, s_patience);
        victim.Signal(PosixSignals.Kill);
        var since = Stopwatch.StartNew();
        var open = calls.Count(call => !call.IsCompleted);
        await Patience.ForAsync(Task.WhenAll(calls), "all results", () => $"{results} of {s_goals} have come\n{nodes.Told()}", s_patience);
        var took = since.Elapsed;

        var answers = await Task.WhenAll(calls);
        foreach (var (expected, result) in answers)
            Assert.True(result.Verdict == expected, $"{result.Name} is {result.Verdict} ({result.Reason}): {string.Join("; ", result.Runs)}");
        Assert.Distinct(answers.Select(answer => answer.Result.Id));
        Assert.Equal(s_goals, settled.Count);
        Assert.All(settled, each => Assert.Equal(1, each.Value));
        await nodes.NoProverLivesAsync();
        var lost = answers.Count(answer => answer.Result.Runs.Any(run => run.Outcome == RunOutcome.Lost));
        output.WriteLine(FormattableString.Invariant($"figures: {what}: {open} goals in flight, all verdicts right {took.TotalSeconds:0.0} s later; {lost} tables tell of a lost run"));

        async Task<(Verdict Expected, ProveResult Result)> ProveAsync(int number)
        {
            var (word, expected) = number % 3 == 0 ? ("sat", Verdict.Refuted) : ("unsat", Verdict.Proved);
            var play = string.Create(CultureInfo.InvariantCulture, $"sleep {0.2 + (0.1 * (number % 10))} say {word}");
            var goal = Goal.FromText($"c play: {play}\nc {Guid.NewGuid():N}\np cnf 1 1\n1 0\n", GoalLanguage.Dimacs) with { Name = $"goal-{number}" };
            // Some have a loser, too.
            var backends = number % 4 == 0 ? new[] { Played.Player, Played.Sleeper } : [Played.Player];
            var result = await prover.ProveAsync(goal, new() { Backends = backends, Timeout = TimeSpan.FromMinutes(10) }, new Counter(settled));
            if (Interlocked.Increment(ref results) == s_before)
                enough.SetResult();
            return (expected, result);
        }
    }

    private sealed class Counter(ConcurrentDictionary<string, int> settled) : IProgress<RaceEvent>
    {
        public void Report(RaceEvent value)
        {
            if (value is RaceEvent.Settled)
                settled.AddOrUpdate(value.Goal.Value, 1, (_, times) => times + 1);
        }
    }
}
