using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>What is true of every answer, whatever happened in its race.</summary>
internal static class Rows
{
    public static RunRow Row(this GoalAnswer answer, string backend) => Assert.Single(answer.Runs, row => row.Run.Backend.Value == backend);

    /// <summary>The table has every planned run once, one winner if there is a verdict, and times that can be.</summary>
    public static void AssertAddsUp(this GoalAnswer answer, int planned)
    {
        Assert.Equal(planned, answer.Runs.Select(row => row.Run).Distinct().Count());
        Assert.Equal(planned, answer.Runs.Count);
        var won = answer.Runs.Where(row => row.Outcome == RunOutcome.Won).ToArray();
        var opposed = answer.Runs.Any(row => row.Outcome == RunOutcome.Disagreed);
        Assert.Equal(answer.Decided is null ? 0 : 1, won.Length);
        Assert.Equal(answer.Decided is not null && !opposed, answer.Verdict.IsDecisive());
        Assert.Equal(answer.Verdict.IsDecisive() ? won[0].Run : null, answer.Winner);
        Assert.Equal(answer.Verdict.IsDecisive(), answer.Reason is null);
        Assert.All(answer.Runs, row => AssertAddsUp(answer, row));
    }

    private static void AssertAddsUp(GoalAnswer answer, RunRow row)
    {
        var times = row.Times;
        TimeSpan?[] inOrder = [times.Queued, times.Started, times.Ended, times.Reaped];
        Assert.Equal(inOrder.OfType<TimeSpan>().Order(), inOrder.OfType<TimeSpan>());
        Assert.True(times.Reaped is not { } reaped || reaped <= answer.Settled, $"{row} was reaped after {answer.Settled}");
        if (row.Outcome is RunOutcome.Won or RunOutcome.Agreed or RunOutcome.Disagreed)
            Assert.NotNull(times.Verdict);
        if (row.Outcome is RunOutcome.Preempted)
            Assert.Equal((StopReason.Preempted, RunCodes.Preempted), (row.Stop!.Reason, row.Code));
        if (times.Started is not null && row.Outcome is not (RunOutcome.Error or RunOutcome.Unavailable))
            Assert.NotNull(times.Reaped);
        // It says why in one of two places: the outcome itself, or words.
        if (row.Outcome is RunOutcome.Error or RunOutcome.TimedOut or RunOutcome.MemoryOut or RunOutcome.OutputTooLarge)
            Assert.False(string.IsNullOrEmpty(row.Detail), $"{row} gives no reason");
    }
}
