using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>What a run used is told for all its processes together.</summary>
public sealed class UsageSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    private const long Mib = 1 << 20;

    [Theory, InSandbox, InFallback]
    public async Task The_memory_of_a_living_prover_is_seen(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("hold", "300M", "say", "up", "sleep", "1000");
        await run.Said("up");
        Assert.InRange((await SampledAsync(run, sandboxed, sample => sample.RssBytes >= 300 * Mib)).RssBytes, 300 * Mib, 340 * Mib);
        run.Process.Kill();
        var (_, usage) = await run.Reaped;
        Assert.InRange(usage.PeakRssBytes!.Value, 300 * Mib, 340 * Mib);
        Assert.InRange(usage.Cpu!.Value.TotalMilliseconds, 20, 5000);
    }

    [Theory, InSandbox, InFallback]
    public async Task The_memory_of_children_and_of_hidden_grandchildren_counts(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("child", "hold+100M+say+one", "child", "child+hold++100M++say++two", "sleep", "1000");
        await run.Said("one");
        await run.Said("two");
        Assert.InRange((await SampledAsync(run, sandboxed, sample => sample.RssBytes >= 200 * Mib)).RssBytes, 200 * Mib, 260 * Mib);
        run.Process.Kill();
        Assert.InRange((await run.Reaped).Usage.PeakRssBytes!.Value, 200 * Mib, 260 * Mib);
    }

    [SandboxFact]
    public async Task In_the_sandbox_the_peak_of_a_prover_that_was_never_sampled_is_known()
    {
        var run = launchers.Sandbox.Play("hold", "200M", "exit", "0");
        var (_, usage) = await run.Reaped;
        Assert.InRange(usage.PeakRssBytes!.Value, 200 * Mib, 240 * Mib);
        Assert.InRange(usage.Cpu!.Value.TotalMilliseconds, 20, 5000);
    }

    [SandboxFact]
    public async Task In_the_sandbox_a_small_provers_peak_is_its_own_and_not_the_nodes()
    {
        var run = launchers.Sandbox.Play("exit", "0");
        Assert.InRange((await run.Reaped).Usage.PeakRssBytes!.Value, 1 * Mib, 20 * Mib);
    }

    [Fact]
    public async Task Without_a_sandbox_the_peak_of_a_prover_that_was_never_sampled_is_not_known()
    {
        var run = launchers.Fallback.Play("hold", "200M", "exit", "0");
        var (_, usage) = await run.Reaped;
        Assert.Null(usage.PeakRssBytes);
        Assert.InRange(usage.Cpu!.Value.TotalMilliseconds, 20, 5000);
    }

    [Theory, InSandbox, InFallback]
    public async Task The_processor_time_of_a_child_that_was_waited_for_counts(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("wrapper", "hold+400M+exit+0", "say", "up", "sleep", "1000");
        await run.Said("up");
        Assert.InRange((await SampledAsync(run, sandboxed, sample => sample.Cpu.TotalMilliseconds >= 40)).Cpu.TotalMilliseconds, 40, 5000);
        run.Process.Kill();
        Assert.InRange((await run.Reaped).Usage.Cpu!.Value.TotalMilliseconds, 40, 5000);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_sample_of_a_prover_that_is_gone_still_says_what_it_had_used(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("hold", "100M", "say", "up");
        await run.Reaped;
        var sample = run.Process.Sample();
        Assert.Equal(0, sample.RssBytes);
        Assert.Equal(3, sample.OutputBytes);
        Assert.True(sample.Cpu > TimeSpan.Zero);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_run_with_more_than_512_processes_is_killed_when_that_is_seen(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("children", "520", "say", "up", "sleep", "1000");
        await run.Said("up");
        Assert.InRange((await SampledAsync(run, sandboxed, sample => sample.Processes > ProverSample.MostProcesses)).Processes, 513, 530);
        Assert.Equal(new RunEnd.Signalled(9), (await run.Reaped).End);
        Assert.Empty(run.Pids);
    }

    /// <summary>In the sandbox a sample is of this moment. Without one a look at the machine's processes serves every run for a moment: what a run has begun since is in the next.</summary>
    private static async Task<ProverSample> SampledAsync(Observed run, bool sandboxed, Func<ProverSample, bool> isThere)
    {
        var sample = run.Process.Sample();
        if (!sandboxed && !isThere(sample))
            await Eventually.True(() => isThere(sample = run.Process.Sample()), "all that the run uses is seen", instead: () => sample);
        return sample;
    }
}
