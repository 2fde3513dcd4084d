using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>How a prover ended is told as it was.</summary>
public sealed class EndSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_says_unsat_and_exits_with_1_is_told_so(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("err", "(error)", "say", "unsat", "exit", "1");
        var (end, _) = await run.Reaped;
        Assert.Equal(new RunEnd.Exited(1), end);
        Assert.Equal("unsat\n", run.Text(ProverStream.Stdout));
        Assert.Equal("(error)\n", run.Text(ProverStream.Stderr));
        Assert.Equal(["started", "ended", "reaped"], run.Told);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_crash_is_told_as_its_signal(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("say", "sat", "die", "SEGV");
        Assert.Equal(new RunEnd.Signalled(11), (await run.Reaped).End);
    }

    [SandboxFact]
    public async Task In_the_sandbox_an_exit_of_139_cannot_be_told_from_signal_11()
    {
        var run = launchers.Sandbox.Play("exit", "139");
        Assert.Equal(new RunEnd.Signalled(11), (await run.Reaped).End);
    }

    [Fact]
    public async Task Without_a_sandbox_an_exit_of_139_is_an_exit_of_139()
    {
        var run = launchers.Fallback.Play("exit", "139");
        Assert.Equal(new RunEnd.Exited(139), (await run.Reaped).End);
    }

    [Theory, InSandbox, InFallback]
    public async Task An_exit_of_255_is_no_signal(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("exit", "255");
        Assert.Equal(new RunEnd.Exited(255), (await run.Reaped).End);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_missing_prover_is_unavailable(bool sandboxed)
    {
        var run = Observed.Start(launchers.Get(sandboxed), Puppet.Command() with { Executable = "/usr/bin/no-such-prover" });
        Assert.Equal(new RunEnd.NeverStarted(NoStart.Unavailable, "/usr/bin/no-such-prover: no such file"), (await run.Reaped).End);
        Assert.Equal(["reaped"], run.Told);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_whose_file_is_not_executable_never_starts(bool sandboxed)
    {
        var run = Observed.Start(launchers.Get(sandboxed), Puppet.Command() with { Executable = "/usr/lib/os-release" });
        Assert.Equal(new RunEnd.NeverStarted(NoStart.Failed, "/usr/lib/os-release: not executable"), (await run.Reaped).End);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_whose_interpreter_is_missing_never_starts_and_the_reason_is_told(bool sandboxed)
    {
        using var script = new Script("#!/usr/bin/no-such-interpreter\n");
        var run = Observed.Start(launchers.Get(sandboxed), Puppet.Command() with { Executable = script.Path });
        var (end, _) = await run.Reaped;
        Assert.Contains("No such file or directory", Assert.IsType<RunEnd.NeverStarted>(end).Detail);
        Assert.Equal(["started", "reaped"], run.Told);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_exits_with_1_at_once_did_start(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("err", "bwrap: execvp x: No such file", "exit", "1");
        Assert.Equal(new RunEnd.Exited(1), (await run.Reaped).End);
    }

    [Theory, InSandbox, InFallback]
    public async Task Ended_is_told_after_all_that_the_prover_printed_even_if_its_child_keeps_the_pipes(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("child", "", "print", "50k", "say", "last", "exit", "0");
        await run.Ended;
        Assert.EndsWith("last\n", run.Text(ProverStream.Stdout));
        Assert.Equal(new RunEnd.Exited(0), (await run.Reaped).End);
        World.AssertGone(run.Pids);
    }

    [Theory, InSandbox, InFallback]
    public async Task An_argument_with_a_null_character_is_refused(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("say", "a\0b");
        Assert.IsType<RunEnd.NeverStarted>((await run.Reaped).End);
    }

    [Theory, InSandbox, InFallback]
    public async Task An_observer_that_throws_loses_its_run_and_no_other(bool sandboxed)
    {
        var other = launchers.Get(sandboxed).Play("sleep", "0.2", "say", "unsat");
        var broken = new Thrower();
        launchers.Get(sandboxed).Start(Puppet.Command("say", "x", "sleep", "1000"), broken);
        Assert.Equal(new RunEnd.Signalled(9), await broken.Reaped.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(new RunEnd.Exited(0), (await other.Reaped).End);
    }

    private sealed class Thrower : IProverObserver
    {
        internal TaskCompletionSource<RunEnd> Reaped { get; } = new();

        void IProverObserver.Started()
        {
        }

        void IProverObserver.Printed(ProverStream stream, ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("a bug in a reading");

        void IProverObserver.Drained()
        {
        }

        void IProverObserver.Ended()
        {
        }

        void IProverObserver.Reaped(RunEnd end, RunUsage usage) => Reaped.SetResult(end);
    }
}
