using System.Diagnostics;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>A node that has run many provers is as it was before.</summary>
[Collection(nameof(Alone))]
public sealed class LeakSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    private static readonly int Runs = Stress.Count(500, 10_000);

    [Theory, InSandbox, InFallback]
    public async Task Many_runs_leave_no_descriptor_no_zombie_and_no_child_and_are_as_quick_as_the_first(bool sandboxed)
    {
        var launcher = launchers.Get(sandboxed);
        await Batch(launcher, 50);
        var descriptors = World.OpenDescriptors();
        var children = World.Children();
        var first = await Batch(launcher, 100);
        await Batch(launcher, Runs - 200);
        var last = await Batch(launcher, 100);
        Assert.InRange(last, TimeSpan.Zero, (first * 3) + Busy.Promised(TimeSpan.FromSeconds(1)));
        Assert.Equal(descriptors, World.OpenDescriptors());
        // Strangers' orphans that died meanwhile are gone; none of ours may be left.
        Assert.Empty(World.Children().Except(children));
    }

    [Theory, InSandbox, InFallback]
    public async Task Runs_that_never_start_leave_no_descriptor(bool sandboxed)
    {
        var launcher = launchers.Get(sandboxed);
        await Batch(launcher, 1);
        var descriptors = World.OpenDescriptors();
        for (var i = 0; i < 100; i++)
        {
            await Observed.Start(launcher, Puppet.Command() with { Executable = "/usr/bin/no-such-prover" }).Reaped;
            var killed = launcher.Play("sleep", "1000");
            killed.Process.Kill();
            await killed.Reaped;
        }

        Assert.Equal(descriptors, World.OpenDescriptors());
    }

    [Theory, InSandbox, InFallback]
    public async Task Processes_that_others_start_in_the_same_program_are_not_ours_to_reap_nor_ours_theirs(bool sandboxed)
    {
        var launcher = launchers.Get(sandboxed);
        for (var i = 0; i < 50; i++)
        {
            var run = launcher.Play("bare-daemon", "exit", "3");
            using var other = Process.Start("/bin/sh", ["-c", "exit 5"]);
            var killed = launcher.Play("sleep", "1000");
            using var living = Process.Start("/bin/sleep", ["1000"]);
            killed.Process.Kill();
            await other.WaitForExitAsync();
            Assert.Equal(5, other.ExitCode);
            Assert.Equal(new RunEnd.Exited(3), (await run.Reaped).End);
            await killed.Reaped;
            Assert.False(living.HasExited);
            living.Kill();
            await living.WaitForExitAsync();
        }
    }

    [SandboxFact]
    public async Task A_launcher_disposed_leaves_no_descriptor_no_thread_and_no_child()
    {
        using (ProverLauncher.Create(SandboxMode.Required))
        {
        }

        var descriptors = World.OpenDescriptors();
        var children = World.Children();
        for (var i = 0; i < 20; i++)
        {
            using var launcher = ProverLauncher.Create(i % 2 == 0 ? SandboxMode.Required : SandboxMode.Off);
            launcher.Play("sleep", "1000");
            await launcher.Play("say", "x").Reaped;
        }

        Assert.Equal(descriptors, World.OpenDescriptors());
        // Strangers' orphans that died meanwhile are gone; none of ours may be left.
        Assert.Empty(World.Children().Except(children));
    }

    /// <summary>Eight at a time.</summary>
    private static async Task<TimeSpan> Batch(IProverLauncher launcher, int runs)
    {
        var watch = Stopwatch.StartNew();
        foreach (var batch in Enumerable.Range(0, runs).Chunk(8))
        {
            var started = batch.Select(i => Observed.Start(launcher, Puppet.Command() with { Executable = "/bin/sh", Arguments = ["-c", $"echo {i}; exit 7"] })).ToList();
            foreach (var (run, i) in started.Zip(batch))
            {
                Assert.Equal(new RunEnd.Exited(7), (await run.Reaped).End);
                Assert.Equal($"{i}\n", run.Text(ProverStream.Stdout));
            }
        }

        return watch.Elapsed;
    }
}
