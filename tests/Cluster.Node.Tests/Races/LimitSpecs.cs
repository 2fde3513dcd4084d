using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>A limit ends a run whatever it does, and the reason that is told is the right one.</summary>
[Collection(nameof(Alone))]
public sealed class LimitSpecs
{
    /// <summary>
    /// One tick and one kill: 30 ms, and what a machine takes that others use too, which was seen to keep the whole node waiting for a second. Which
    /// tick acts is exact, and checked over virtual time in <c>ProverRunnerSpec</c>, where a runner that is one tick late fails.
    /// </summary>
    private static TimeSpan TickAndKill => Busy.Promised(TimeSpan.FromSeconds(1));

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(700);

    [Theory, InSandbox, InFallback]
    public async Task At_the_deadline_every_run_is_dead_also_one_that_ignores_signals(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(
            sandboxed, Entry.Plays("patient", "children 1 sleep 1000"), Entry.Plays("deaf", "deaf daemon children 1 sleep 1000"));
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { Timeout = Limit } });
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.All(answer.Runs, row => Assert.Equal((RunOutcome.TimedOut, RunCodes.TimedOut), (row.Outcome, row.Code)));
        Assert.InRange(answer.Settled, Limit, Limit + TickAndKill);
        Assert.Empty(race.Living);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_cap_on_one_runs_time_ends_that_run(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("slow", "deaf children 1 sleep 1000"));
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { RunTimeout = Limit } });
        var row = (await race.Answer).Row("slow");
        Assert.Equal((RunOutcome.TimedOut, "its cap of 0.7s of wall time"), (row.Outcome, row.Detail));
        Assert.InRange(row.Times.Reaped!.Value - row.Times.Started!.Value, Limit, Limit + TickAndKill);
        Assert.Empty(race.Living);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_memory_hog_ends_as_memoryOut_and_its_verdict_does_not_count(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("hog", "say unsat hold 20G sleep 1000"));
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { MemoryBytes = 100 << 20 } });
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 1);
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        var row = answer.Row("hog");
        Assert.Equal((RunOutcome.MemoryOut, "its cap of 100 MiB of memory"), (row.Outcome, row.Detail));
        Assert.InRange(row.Usage.PeakRssBytes!.Value, 100 << 20, 2L << 30);
        Assert.Empty(race.Living);
    }

    [Theory, InSandbox, InFallback]
    public async Task Memory_of_all_processes_of_a_run_counts_together(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("family", "child hold+60M child hold+60M sleep 1000"));
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { MemoryBytes = 100 << 20 } });
        Assert.Equal(RunOutcome.MemoryOut, (await race.Answer).Row("family").Outcome);
        Assert.Empty(race.Living);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_cap_on_processor_time_ends_a_busy_loop(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Runs("busy", "while :; do :; done"));
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { RunCpu = TimeSpan.FromMilliseconds(200) } });
        var row = (await race.Answer).Row("busy");
        Assert.Equal((RunOutcome.TimedOut, "its cap of 0.2s of processor time"), (row.Outcome, row.Detail));
        Assert.True(row.Usage.Cpu >= TimeSpan.FromMilliseconds(200));
        Assert.Empty(race.Living);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_withdrawn_race_is_settled_soon_and_its_processes_are_gone(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("a", "deaf daemon sleep 1000"), Entry.Plays("b", "wrapper sleep+1000"));
        var race = node.Race();
        await race.LiveAsync(4);
        race.Withdraw();
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal(Verdict.Withdrawn, answer.Verdict);
        Assert.All(answer.Runs, row => Assert.Equal(RunOutcome.Withdrawn, row.Outcome));
        Assert.All(answer.Runs, row => Assert.InRange(row.Times.Reaped!.Value - row.Times.StopRequested!.Value, TimeSpan.Zero, TickAndKill));
        race.AssertNothingLives();
    }

    [Theory, InSandbox, InFallback]
    public async Task A_program_that_never_tells_its_version_costs_its_goal_no_time(bool sandboxed)
    {
        var deaf = Entry.Plays("loser", "sleep 1000").With(Entry.Words + "\n" + """
            version-arguments = ["deaf", "children", "1", "sleep", "1000"]
            """);
        await using var node = await RaceNode.StartAsync(sandboxed, deaf);
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { Timeout = Limit } });
        var answer = await race.Answer;
        Assert.Equal((RunOutcome.TimedOut, null), (answer.Row("loser").Outcome, answer.Row("loser").Version));
        // It would take the question five seconds to be given up.
        Assert.InRange(answer.Settled, Limit, Limit + (2 * TickAndKill));
        Assert.Empty(race.Living);
    }
}
