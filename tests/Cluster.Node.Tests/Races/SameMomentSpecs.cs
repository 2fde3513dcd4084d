using System.Collections.Concurrent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Node.Tests.Races;

/// <summary>
/// A loser that finishes, or concludes, while it is preempted has one outcome, whichever comes first: a kill may be too late, a verdict too.
/// Each race has two shell scripts whose verdicts are planned a few milliseconds apart, around the first one and the tick after it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SameMomentSpecs(ITestOutputHelper output)
{
    /// <summary>A process more for each processor would make every one of them late, and few of them close.</summary>
    private static readonly int AtOnce = Math.Max(2, Environment.ProcessorCount);

    private static readonly TimeSpan Close = TimeSpan.FromMilliseconds(5);

    private static readonly Moment Finish = new(RaceNode.Formula, GoalLanguage.Dimacs, (name, sleep, verdict) => Entry.Runs(name, $"{sleep}; echo {verdict}"));

    /// <summary>The verdict is read while the prover goes on, so nothing but the kill ends a run.</summary>
    private static readonly Moment Conclusion = new("(check-sat)\n", GoalLanguage.SmtLib2, Entry.Answers);

    [Fact]
    public Task Finish_and_preempt_within_5_ms_of_each_other_give_one_outcome_each() => RaceAsync(Finish, Ways.Fault is null, closeOnes: 100);

    [Fact]
    public Task A_conclusion_and_preempt_within_5_ms_of_each_other_give_one_outcome_each() => RaceAsync(Conclusion, Ways.Fault is null, closeOnes: 100);

    [StressFact]
    public Task Finish_and_preempt_within_5_ms_of_each_other_give_one_outcome_each_ten_thousand_times() => RaceAsync(Finish, Ways.Fault is null, closeOnes: 10_000);

    [StressFact]
    public Task A_conclusion_and_preempt_within_5_ms_of_each_other_give_one_outcome_each_two_thousand_times() => RaceAsync(Conclusion, Ways.Fault is null, closeOnes: 2_000);

    [StressFact]
    public Task Finish_and_preempt_within_5_ms_of_each_other_give_one_outcome_each_also_without_a_sandbox() => RaceAsync(Finish, false, closeOnes: 2_000);

    private async Task RaceAsync(Moment moment, bool sandboxed, int closeOnes)
    {
        // The tick after a verdict comes within 10 ms, so verdicts from just before the first one until just after that tick are tried.
        var rivals = Enumerable.Range(0, 16).Select(i => moment.Prover($"rival-{i}", $"sleep 0.0{20 + i}", Says(i))).ToArray();
        await using var node = await RaceNode.StartAsync(
            sandboxed, "prover-cluster.runs.verdict-linger = 0s", [moment.Prover("first", "sleep 0.022", "unsat"), .. rivals]);
        var outcomes = new ConcurrentDictionary<string, int>();
        var (close, races) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => KeepRacingAsync()));

        output.WriteLine($"{races} races, {close} of them with verdict and preempt within {Close.TotalMilliseconds} ms of each other:");
        foreach (var (outcome, count) in outcomes.OrderByDescending(each => each.Value))
            output.WriteLine($"{count,7}  {outcome}");
        // The moment was met from both sides: some losers were in time, and some were not.
        foreach (var outcome in new[] { "preempted + won: proved", "agreed + won: proved", "disagreed + won: unknown" })
            Assert.True(outcomes.ContainsKey(outcome), $"no race ended as {outcome}");

        async Task KeepRacingAsync()
        {
            while (Volatile.Read(ref close) < closeOnes)
            {
                var number = Interlocked.Increment(ref races);
                Assert.True(number < 20 * closeOnes, $"only {close} of {number} races were close");
                var rival = number % 16;
                var race = node.Race(moment.Goal, moment.Language, ["first", $"rival-{rival}"]);
                var answer = await race.Answer;
                answer.AssertAddsUp(planned: 2);
                AssertFollows(answer, Says(rival));
                outcomes.AddOrUpdate(OutcomesOf(answer), 1, (_, count) => count + 1);
                if (IsClose(answer))
                    Interlocked.Increment(ref close);
                if (number % 50 == 0)
                    Assert.Empty(race.Living);
            }
        }
    }

    private static string Says(int rival) => rival % 2 == 0 ? "unsat" : "sat";

    /// <summary>The verdict is the one that the outcomes make of what the two say, and nothing but the race has stopped anybody.</summary>
    private static void AssertFollows(GoalAnswer answer, string rivalSays)
    {
        var (first, rival) = (answer.Runs[0], answer.Runs[1]);
        var (winner, loser) = first.Outcome == RunOutcome.Won ? (first, rival) : (rival, first);
        var agree = rivalSays == "unsat";
        Assert.True(loser.Outcome == RunOutcome.Preempted || loser.Outcome == (agree ? RunOutcome.Agreed : RunOutcome.Disagreed), $"{loser}");
        var won = winner == first || agree ? Verdict.Proved : Verdict.Refuted;
        Assert.Equal(loser.Outcome == RunOutcome.Disagreed ? Verdict.Unknown : won, answer.Verdict);
        Assert.All(answer.Runs, row => Assert.True(row.Stop is null or { Reason: StopReason.Preempted }, $"{row}"));
    }

    private static string OutcomesOf(GoalAnswer answer) => $"{string.Join(" + ", answer.Runs.Select(row => row.Outcome.Word()).Order())}: {answer.Verdict.Word()}";

    /// <summary>Whether the loser's verdict, or what would have been its moment, was close to that of its preemption.</summary>
    private static bool IsClose(GoalAnswer answer)
    {
        var (first, rival) = (answer.Row("first"), answer.Runs[1]);
        var planned = TimeSpan.FromMilliseconds(int.Parse(rival.Run.Backend.Value[6..], System.Globalization.CultureInfo.InvariantCulture) - 2);
        var loser = rival.Outcome == RunOutcome.Won ? first : rival;
        var preempted = loser.Times.Killed ?? loser.Times.StopRequested ?? answer.Decided!.Value;
        var verdict = loser.Outcome != RunOutcome.Preempted ? loser.Times.Verdict
            : loser == rival ? rival.Times.Started + (first.Times.Verdict - first.Times.Started) + planned
            : first.Times.Started + (rival.Times.Verdict - rival.Times.Started) - planned;
        return verdict is { } at && (at - preempted).Duration() <= Close;
    }

    /// <param name="Goal">What is raced for.</param>
    /// <param name="Language">Its language.</param>
    /// <param name="Prover">From a name, what comes before the verdict, and the verdict.</param>
    private sealed record Moment(string Goal, GoalLanguage Language, Func<string, string, string, Entry> Prover);
}
