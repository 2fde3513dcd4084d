using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>The first decisive verdict wins, and every loser is dead with all it started.</summary>
[Collection(nameof(Alone))]
public sealed class LoserSpecs
{
    /// <summary>Far above what it takes: machines pause. The figures are the benchmark's.</summary>
    private static TimeSpan Soon => Busy.Promised(TimeSpan.FromSeconds(1));

    [Theory, InSandbox, InFallback]
    public Task A_wrapper_dies_with_its_child_and_grandchild(bool sandboxed) => DiesAsync(sandboxed, "wrapper children+1+sleep+1000", processes: 3);

    [Theory, InSandbox, InFallback]
    public Task A_wrapper_script_dies_with_the_prover_behind_the_shell(bool sandboxed) => DiesAsync(sandboxed, "shell children+1+sleep+1000", processes: 3);

    [Theory, InSandbox, InFallback]
    public Task A_double_fork_with_a_session_of_its_own_dies(bool sandboxed) => DiesAsync(sandboxed, "daemon sleep 1000", processes: 2);

    [Theory, InSandbox, InFallback]
    public Task A_daemon_that_has_cleared_its_environment_and_closed_its_pipes_dies(bool sandboxed) =>
        DiesAsync(sandboxed, "bare-daemon sleep 1000", processes: 2);

    [Theory, InSandbox, InFallback]
    public Task One_that_ignores_SIGTERM_dies(bool sandboxed) => DiesAsync(sandboxed, "deaf children 1 sleep 1000", processes: 2);

    [Theory, InSandbox, InFallback]
    public Task One_that_does_all_of_this_dies(bool sandboxed) =>
        DiesAsync(sandboxed, "deaf daemon wrapper deaf+daemon+children+5+sleep+1000", processes: 9);

    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_never_reads_its_input_wins_and_another_one_dies(bool sandboxed)
    {
        // Far more than a pipe holds.
        var formula = "p cnf 1 500000\n" + string.Concat(Enumerable.Repeat("1 0\n", 500_000));
        await using var node = await RaceNode.StartAsync(
            sandboxed, Entry.Plays("winner", "await say unsat"), Entry.Plays("loser", "deaf children 1 sleep 1000"));
        var race = node.Race(formula);
        await race.LiveAsync(2, backend: "loser");
        await race.CallAsync();
        Assert.Equal(Verdict.Proved, (await race.Answer).Verdict);
        race.AssertNothingLives();
    }

    private static async Task DiesAsync(bool sandboxed, string play, int processes)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("winner", "await say unsat"), Entry.Plays("loser", play));
        var race = node.Race();
        // One more: the winner, which waits.
        await race.LiveAsync(processes + 1);
        await race.CallAsync();

        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal((Verdict.Proved, "winner"), (answer.Verdict, answer.Winner!.Backend.Value));
        var loser = answer.Row("loser");
        Assert.Equal(RunOutcome.Preempted, loser.Outcome);
        Assert.Equal("winner proved the goal", loser.Stop!.Cause);
        Assert.InRange(loser.Times.Killed!.Value, answer.Decided!.Value, answer.Decided.Value + Soon);
        Assert.InRange(loser.Times.Reaped!.Value, loser.Times.Killed.Value, loser.Times.Killed.Value + Soon);
        race.AssertNothingLives();
    }
}
