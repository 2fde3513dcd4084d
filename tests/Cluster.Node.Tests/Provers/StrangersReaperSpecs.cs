using System.Diagnostics;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>Orphans of strangers that a node adopts do not stay in the table of processes when they die.</summary>
[Collection(nameof(Alone))]
public sealed class StrangersReaperSpecs
{
    [Fact]
    public async Task A_strangers_orphan_that_died_is_waited_for_and_a_living_one_left_alone()
    {
        NodeProcess.Prepare();
        using var loop = new ProverLoop();
        loop.Post(new StrangersReaper(loop, TimeSpan.FromMilliseconds(50)).Look);
        var (dies, lives) = (await OrphanAsync("0.3"), await OrphanAsync("1000"));
        try
        {
            await Eventually.True(() => !Directory.Exists($"/proc/{dies}"), "the dead orphan is gone", TimeSpan.FromSeconds(4));
            Assert.False(ProcStat.Of(lives)!.Value.IsDead);
        }
        finally
        {
            Process.GetProcessById(lives).Kill();
        }
    }

    /// <summary>Two shells deep, so that its parent is gone at once and this process adopts it.</summary>
    private static async Task<int> OrphanAsync(string seconds)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"sleep {seconds} > /dev/null 2>&1 & echo $!"]) { RedirectStandardOutput = true })!;
        var pid = int.Parse((await shell.StandardOutput.ReadToEndAsync()).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        await shell.WaitForExitAsync();
        return pid;
    }
}
