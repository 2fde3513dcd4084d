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
            var held = Held();
            run.Process.Kill();
            await run.Reaped;
            var freed = held - Held();
            World.AssertGone(pids);
            if (freed > 512 * MiB)
                return;
            Assert.True(tries > 1, $"{freed / MiB} MiB of 1024 were free again when it was told as reaped");
        }
    }

    /// <summary>What all programs together hold for themselves. What is free says less: a machine under another one may have it taken away as soon as it is.</summary>
    private static long Held()
    {
        var line = File.ReadLines("/proc/meminfo").First(line => line.StartsWith("AnonPages:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["AnonPages:".Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture);
    }
}
