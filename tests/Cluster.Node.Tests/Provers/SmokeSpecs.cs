using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

public sealed class SmokeSpecs
{
    [Fact]
    public async Task Smoke()
    {
        using var launcher = ProverLauncher.Sandboxed("/usr/bin/bwrap");
        var run = launcher.Play("say", "unsat", "exit", "3");
        var (end, usage) = await run.Reaped;
        Assert.Equal("unsat\n", run.Text(ProverStream.Stdout));
        Assert.Equal("", run.Text(ProverStream.Stderr));
        Assert.Equal(new RunEnd.Exited(3), end);
        Assert.NotNull(usage.PeakRssBytes);
        Assert.Equal(["started", "ended", "reaped"], run.Told);

        run = launcher.Play("daemon", "bare-daemon", "child", "", "say", "up", "sleep", "100");
        await run.Said("up");
        var pids = run.Pids;
        Assert.True(pids.Length >= 6);
        run.Process.Kill();
        (end, usage) = await run.Reaped;
        Assert.Equal(new RunEnd.Signalled(9), end);
        Assert.All(pids, pid => Assert.False(Directory.Exists($"/proc/{pid}")));
    }
}
