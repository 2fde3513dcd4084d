using System.Globalization;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>What a run held is the machine's again when it is told as reaped. Looks at the whole machine's memory, so nothing else of this assembly runs meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class GivenBackSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    private const long MiB = 1 << 20;

    [Theory, InSandbox, InFallback]
    public async Task Reaped_means_that_its_memory_is_given_back(bool sandboxed)
    {
        // Half of it at least: another program may take some in that very moment, and whoever looks into /proc keeps a dying process's memory for as long.
        // A kill that is told too early gives back nothing.
        for (var tries = 5; ; tries--)
        {
            var run = launchers.Get(sandboxed).Play("hold", "1G", "say", "up", "sleep", "1000");
            await run.Said("up");
            var pids = run.Pids;
            var held = Free();
            run.Process.Kill();
            await run.Reaped;
            var freed = Free() - held;
            World.AssertGone(pids);
            if (freed > 512 * MiB)
                return;
            Assert.True(tries > 1, $"{freed / MiB} MiB of 1024 were free again when it was told as reaped");
        }
    }

    /// <summary>Memory that nobody holds and that the kernel keeps nothing in.</summary>
    private static long Free()
    {
        var line = File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemFree:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["MemFree:".Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture);
    }
}
