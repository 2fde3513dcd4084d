using System.Collections.Concurrent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Node.Tests.Races;

/// <summary>
/// A loser that finishes while it is preempted has one outcome, whichever comes first: a kill may be too late, a verdict too.
/// Each race has two shell scripts whose ends are planned a few milliseconds apart, around the verdict and the tick after it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SameMomentSpecs(ITestOutputHelper output)
{
    private const int AtOnce = 3;

    private static readonly TimeSpan s_close = TimeSpan.FromMilliseconds(5);

    [Fact]
    public Task Finish_and_preempt_within_5_ms_of_each_other_give_one_outcome_each() => RaceAsync(Ways.Fault is null, closeOnes: 300);

    [StressFact]
    public Task Finish_and_preempt_within_5_ms_of_each_other_give_one_outcome_each_ten_thousand_times() => RaceAsync(Ways.Fault is null, closeOnes: 10_000);

    [StressFact]
    public Task Finish_and_preempt_within_5_ms_of_each_other_give_one_outcome_each_also_without_a_sandbox() => RaceAsync(false, closeOnes: 2_000);

    private async Task RaceAsync(bool sandboxed, int closeOnes)
    {
        // The tick after a verdict comes within 10 ms, so ends from just before the verdict until just after the tick are tried.
        var rivals = Enumerable.Range(0, 16).Select(i => Entry.Runs($"rival-{i}", $"sleep 0.0{20 + i}; echo {(i % 2 == 0 ? "unsat" : "sat")}")).ToArray();
        await using var node = await RaceNode.StartAsync(sandboxed, [Entry.Runs("first", "sleep 0.022; echo unsat"), .. rivals]);
        var outcomes = new ConcurrentDictionary<string, int>();
        var (close, races) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => KeepRacingAsync()));

        output.WriteLine($"{races} races, {close} of them with finish and preempt within {s_close.TotalMilliseconds} ms of each other:");
        foreach (var (outcome, count) in outcomes.OrderByDescending(each => each.Value))
            output.WriteLine($"{count,7}  {outcome}");
        Assert.Equal(races, outcomes.Values.Sum());

        async Task KeepRacingAsync()
        {
            while (Volatile.Read(ref close) < closeOnes)
            {
                var number = Interlocked.Increment(ref races);
                Assert.True(number < 20 * closeOnes, $"only {close} of {number} races were close");
                var rival = $"rival-{number % 16}";
                var race = node.Race(backends: ["first", rival]);
                var answer = await race.Answer;
                answer.AssertAddsUp(planned: 2);
                outcomes.AddOrUpdate(OutcomesOf(answer), 1, (_, count) => count + 1);
                if (IsClose(answer))
                    Interlocked.Increment(ref close);
                if (number % 50 == 0)
                    Assert.Empty(race.Living);
            }
        }
    }

    private static string OutcomesOf(GoalAnswer answer) => $"{string.Join(" + ", answer.Runs.Select(row => row.Outcome.Word()).Order())}: {answer.Verdict.Word()}";

    /// <summary>Whether the loser's end, or what would have been its end, was close to the moment of its preemption.</summary>
    private static bool IsClose(GoalAnswer answer)
    {
        var (first, rival) = (answer.Row("first"), answer.Runs[1]);
        var planned = TimeSpan.FromMilliseconds(int.Parse(rival.Run.Backend.Value[6..], System.Globalization.CultureInfo.InvariantCulture) - 2);
        var loser = rival.Outcome == RunOutcome.Won ? first : rival;
        var preempted = loser.Times.Killed ?? loser.Times.StopRequested ?? answer.Decided!.Value;
        TimeSpan? end = loser.Outcome != RunOutcome.Preempted ? loser.Times.Ended
            : loser == rival ? rival.Times.Started + (first.Times.Ended - first.Times.Started) + planned
            : first.Times.Started + (rival.Times.Ended - rival.Times.Started) - planned;
        return end is { } at && (at - preempted).Duration() <= s_close;
    }
}
