using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using Xunit.Abstractions;

namespace ProverCluster.Node.Tests.Races;

/// <summary>However much a prover prints, its verdict is read and the node does not grow.</summary>
[Collection(nameof(Alone))]
public sealed class PrintSpecs(ITestOutputHelper output)
{
    /// <summary>A head and a tail of 1 MiB at most are kept of an output; the rest is the machinery's first use.</summary>
    private const long Growth = 48;

    [Theory, InSandbox, InFallback]
    public async Task Two_hundred_kilobytes_before_the_verdict_are_no_timeout(bool sandboxed) =>
        await PrintsAsync(sandboxed, "print 200k say unsat", Verdict.Proved);

    [Theory, InSandbox, InFallback]
    public async Task A_hundred_megabytes_before_the_verdict_are_read_in_bounded_memory(bool sandboxed) =>
        await PrintsAsync(sandboxed, "print 100M say sat", Verdict.Refuted);

    [Theory, InSandbox, InFallback]
    public async Task A_hundred_megabytes_on_standard_error_stop_nobody(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Runs("loud", "head -c 100000000 /dev/zero | tr '\\0' 'x' >&2; echo unsat"));
        using var memory = new MemoryWatch();
        Assert.Equal(Verdict.Proved, (await node.Race().Answer).Verdict);
        output.WriteLine($"sandboxed {sandboxed}: {memory}");
        Assert.InRange(memory.ResidentMiB, 0, Growth);
    }

    [Theory, InSandbox, InFallback]
    public async Task Four_hundred_megabytes_are_outputTooLarge_and_the_verdict_before_them_does_not_count(bool sandboxed)
    {
        var answer = await PrintsAsync(sandboxed, "say unsat print 400M sleep 1000", Verdict.Unknown);
        var row = answer.Row("loud");
        Assert.Equal((RunOutcome.OutputTooLarge, "its cap of 256 MiB of output"), (row.Outcome, row.Detail));
    }

    [Fact]
    public async Task A_printer_without_a_line_feed_is_read_in_bounded_memory()
    {
        await using var node = await RaceNode.StartAsync(Ways.Fault is null, Entry.Runs("loud", "head -c 100000000 /dev/zero; echo; echo sat"));
        using var memory = new MemoryWatch();
        Assert.Equal(Verdict.Refuted, (await node.Race().Answer).Verdict);
        output.WriteLine($"{memory}");
        Assert.InRange(memory.ResidentMiB, 0, Growth);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_loser_that_prints_without_end_dies(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(
            sandboxed, Entry.Plays("winner", "await say unsat"), Entry.Plays("loser", "deaf children 1 print 200M sleep 1000"));
        var race = node.Race();
        await race.LiveAsync(2, backend: "loser");
        await race.CallAsync();
        Assert.Equal(Verdict.Proved, (await race.Answer).Verdict);
        race.AssertNothingLives();
    }

    private async Task<GoalAnswer> PrintsAsync(bool sandboxed, string play, Verdict expected)
    {
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("loud", play));
        using var memory = new MemoryWatch();
        var race = node.Race();
        var answer = await race.Answer;
        output.WriteLine($"sandboxed {sandboxed}, {play}: {answer.Settled.TotalSeconds:0.00} s, {memory}");
        answer.AssertAddsUp(planned: 1);
        Assert.Equal(expected, answer.Verdict);
        Assert.InRange(memory.ResidentMiB, 0, Growth);
        Assert.Empty(race.Living);
        return answer;
    }
}
