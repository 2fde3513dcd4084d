using System.Diagnostics;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>A killed prover is dead with all it started, whatever it does against it.</summary>
public sealed class KillSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    public static TheoryData<string> Resistance =>
    [
        "say up sleep 1000",
        "deaf say up sleep 1000",
        "wrapper deaf+say+up+sleep+1000",
        "shell deaf+say+up+sleep+1000",
        "daemon say up sleep 1000",
        "deaf daemon daemon bare-daemon say up sleep 1000",
        "children 100 say up sleep 1000",
        "say up mute sleep 1000",
        "hold 64M say up sleep 1000",
        "say up child print+400M child print+400M print 400M",
    ];

    [SandboxTheory, MemberData(nameof(Resistance))]
    public Task Killed_in_the_sandbox_it_is_reaped_and_no_process_of_it_is_left(string play) => DiesAsync(launchers.Sandbox, play);

    [Theory, MemberData(nameof(Resistance))]
    public Task Killed_without_a_sandbox_it_is_reaped_and_no_process_of_it_is_left(string play) => DiesAsync(launchers.Fallback, play);

    [Theory, InSandbox, InFallback]
    public async Task A_process_that_is_always_another_one_does_not_outrun_the_kill(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("hop", "4", "say", "up", "sleep", "1000");
        await run.Said("up");
        var first = run.Pids;
        while (!run.Pids.Except(first).Any())
            await Task.Yield();

        run.Process.Kill();
        await run.Reaped;
        Assert.Empty(run.Pids);
    }

    [Theory, InSandbox, InFallback]
    public async Task What_a_prover_leaves_behind_dies_when_it_ends_by_itself(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("daemon", "bare-daemon", "child", "deaf", "children", "5", "say", "unsat");
        Assert.Equal(new RunEnd.Exited(0), (await run.Reaped).End);
        Assert.Empty(run.Pids);
    }

    [Theory, InSandbox, InFallback]
    public async Task Killed_at_any_moment_of_its_start_nothing_is_left(bool sandboxed)
    {
        for (var i = 0; i < 200; i++)
        {
            var run = launchers.Get(sandboxed).Play("daemon", "sleep", "1000");
            var delay = Stopwatch.StartNew();
            while (delay.Elapsed.TotalMilliseconds < i * 0.05)
                Thread.SpinWait(10);

            run.Process.Kill();
            Assert.True((await run.Reaped).End is RunEnd.Signalled { Signal: 9 } or RunEnd.NeverStarted { Why: NoStart.Stopped });
            Assert.Empty(run.Pids);
        }
    }

    [Theory, InSandbox, InFallback]
    public async Task A_kill_at_the_moment_of_its_end_gives_one_end(bool sandboxed)
    {
        for (var i = 0; i < Stress.Count(40, 1000); i++)
        {
            var run = launchers.Get(sandboxed).Play("say", "unsat");
            await run.Said("unsat");
            run.Process.Kill();
            run.Process.Kill();
            Assert.True((await run.Reaped).End is RunEnd.Signalled { Signal: 9 } or RunEnd.Exited { Code: 0 });
            run.Process.Kill();
            Assert.Equal(["started", "ended", "reaped"], run.Told);
            Assert.Empty(run.Pids);
        }
    }

    [Theory, InSandbox, InFallback]
    public async Task Disposed_the_launcher_leaves_nothing_alive(bool sandboxed)
    {
        int[] pids;
        Observed run;
        using (var launcher = ProverLauncher.Create(sandboxed ? SandboxMode.Required : SandboxMode.Off))
        {
            run = launcher.Play("daemon", "say", "up", "sleep", "1000");
            await run.Said("up");
            pids = run.Pids;
        }

        World.AssertGone(pids);
        Assert.True(run.Reaped.IsCompleted);
    }

    private static async Task DiesAsync(IProverLauncher launcher, string play)
    {
        var run = launcher.Play(play.Split(' '));
        await run.Said("up");
        // What floods is killed in the midst of it.
        await Eventually.True(() => !play.Contains("print", StringComparison.Ordinal) || run.Bytes > 1 << 20, "it prints");
        var pids = run.Pids;
        Assert.NotEmpty(pids);
        run.Process.Kill();
        Assert.Equal(new RunEnd.Signalled(9), (await run.Reaped).End);
        World.AssertGone(pids);
        Assert.Empty(run.Pids);
    }
}
