using System.Diagnostics;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Tests.Provers;

namespace ProverCluster.Node.Tests.Races;

/// <summary>How a prover ends, and what that does to its verdict and to the race.</summary>
[Collection(nameof(Alone))]
public sealed class EndSpecs
{
    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_says_sat_and_crashes_has_said_nothing(bool sandboxed)
    {
        var row = await AloneAsync(sandboxed, Entry.Plays("crasher", "say sat die SEGV"));
        Assert.Equal((RunOutcome.Error, RunCodes.ProcessError, "ended by signal 11 (SIGSEGV)"), (row.Outcome, row.Code, row.Detail));
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_somebody_else_kills_has_said_nothing(bool sandboxed)
    {
        var row = await AloneAsync(sandboxed, Entry.Plays("victim", "say unsat die KILL"));
        Assert.Equal((RunOutcome.Error, "ended by signal 9 (SIGKILL)", null), (row.Outcome, row.Detail, row.Stop));
    }

    [Theory, InSandbox, InFallback]
    public async Task An_exit_that_its_entry_does_not_accept_is_an_error(bool sandboxed)
    {
        var row = await AloneAsync(sandboxed, Entry.Plays("odd", "say unsat exit 3"));
        Assert.Equal((RunOutcome.Error, 3), (row.Outcome, row.Code));
        Assert.StartsWith("exit 3 is not one odd accepts", row.Detail);
    }

    [Theory, InSandbox, InFallback]
    public async Task An_exit_of_zero_is_no_verdict(bool sandboxed)
    {
        var row = await AloneAsync(sandboxed, Entry.Plays("silent", "exit 0"));
        Assert.Equal((RunOutcome.GaveUp, 0), (row.Outcome, row.Code));
    }

    [Theory, InSandbox, InFallback]
    public async Task An_exit_of_zero_with_unknown_is_no_verdict(bool sandboxed)
    {
        var row = await AloneAsync(sandboxed, Entry.Plays("modest", "say unknown exit 0"));
        Assert.Equal((RunOutcome.GaveUp, 0), (row.Outcome, row.Code));
    }

    [Theory, InSandbox, InFallback]
    public async Task Two_verdicts_are_none(bool sandboxed)
    {
        var row = await AloneAsync(sandboxed, Entry.Plays("double", "say sat say unsat"));
        Assert.Equal((RunOutcome.Error, "more than one verdict line"), (row.Outcome, row.Detail));
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_whose_file_is_not_executable_is_an_error_that_harms_nobody(bool sandboxed)
    {
        using var script = new Script("#!/bin/sh\necho sat\n");
        using var chmod = Process.Start("chmod", ["0644", script.Path]);
        await chmod.WaitForExitAsync();
        await using var node = await RaceNode.StartAsync(sandboxed, new Entry("broken", script.Path, []), Entry.Plays("good", "say unsat"));
        var answer = await node.Race().Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal(Verdict.Proved, answer.Verdict);
        var row = answer.Row("broken");
        Assert.Equal((RunOutcome.Error, RunCodes.ProcessError, null), (row.Outcome, row.Code, row.Times.Started));
        Assert.EndsWith("prover: not executable", row.Detail);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_is_missing_is_unavailable_and_no_error_of_the_race(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, new Entry("missing", "no-such-prover", []), Entry.Plays("good", "say sat"));
        var answer = await node.Race().Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal((Verdict.Refuted, RunOutcome.Unavailable), (answer.Verdict, answer.Row("missing").Outcome));
        Assert.Equal("no-such-prover is not on PATH", answer.Row("missing").Detail);
    }

    [Theory, InSandbox, InFallback]
    public async Task What_a_winner_leaves_behind_dies_too(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("winner", "daemon children 3 await say unsat"));
        var race = node.Race();
        await race.LiveAsync(5);
        await race.CallAsync();
        Assert.Equal(Verdict.Proved, (await race.Answer).Verdict);
        race.AssertNothingLives();
    }

    private static async Task<RunRow> AloneAsync(bool sandboxed, Entry entry)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, entry);
        var race = node.Race();
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 1);
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.NotNull(answer.Reason);
        Assert.Empty(race.Living);
        return answer.Row(entry.Name);
    }
}
