using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>Everything that a prover prints is read, whatever it prints and how much.</summary>
[Collection(nameof(Alone))]
public sealed class OutputSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    [Theory]
    [InSandbox("200k", 200L << 10)]
    [InSandbox("100M", 100L << 20)]
    [InSandbox("400M", 400L << 20)]
    [InFallback("200k", 200L << 10)]
    [InFallback("100M", 100L << 20)]
    public async Task A_verdict_after_a_lot_of_output_is_read_and_memory_stays_bounded(bool sandboxed, string size, long bytes)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var last = new LastLine();
        var process = launchers.Get(sandboxed).Start(Puppet.Command("print", size, "say", "unsat"), last);
        Assert.Equal(new RunEnd.Exited(0), await last.Reaped.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("\nunsat\n", last.Text);
        Assert.Equal(bytes + 6, process.Sample().OutputBytes);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_verdict_is_handed_in_while_the_prover_lives_on(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("say", "unsat", "sleep", "1000");
        await run.Said("unsat\n");
        Assert.False(run.Reaped.IsCompleted);
        Assert.Contains(run.Pids, World.IsAlive);
        run.Process.Kill();
        await run.Reaped;
        Assert.Empty(run.Pids);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_closes_its_pipes_and_lives_on_has_not_ended(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("say", "unsat", "mute", "sleep", "2", "exit", "7");
        await run.Said("unsat");
        Assert.False(run.Ended.IsCompleted);
        Assert.Equal(new RunEnd.Exited(7), (await run.Reaped).End);
        Assert.Empty(run.Pids);
    }

    [Theory, InSandbox, InFallback]
    public async Task Both_pipes_are_read_at_once(bool sandboxed)
    {
        var run = launchers.Get(sandboxed).Play("child", "print+2M", "err", "a", "print", "2M", "err", "b", "say", "unsat", "sleep", "0.1");
        Assert.Equal(new RunEnd.Exited(0), (await run.Reaped).End);
        Assert.Equal("a\nb\n", run.Text(ProverStream.Stderr));
        Assert.InRange(run.Bytes, (2 << 20) + 10, (4 << 20) + 10);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_prover_that_prints_without_end_does_not_keep_others_from_being_read(bool sandboxed)
    {
        var loud = launchers.Get(sandboxed).Play("print", "1000G");
        await loud.Started;
        var quiet = launchers.Get(sandboxed).Play("say", "unsat");
        await quiet.Reaped;
        Assert.Equal("unsat\n", quiet.Text(ProverStream.Stdout));
        loud.Process.Kill();
        await loud.Reaped;
        Assert.Empty(loud.Pids);
    }

    [Theory, InSandbox, InFallback]
    public async Task A_result_file_is_read_like_a_third_pipe(bool sandboxed)
    {
        var command = Puppet.Command("say", "SAT", "result", "model", "1 -2 0", "exit", "10") with { ResultFile = "model" };
        var run = Observed.Start(launchers.Get(sandboxed), command);
        Assert.Equal(new RunEnd.Exited(10), (await run.Reaped).End);
        Assert.Equal("1 -2 0\n", run.Text(ProverStream.Result));
        Assert.Equal("SAT\n", run.Text(ProverStream.Stdout));
    }

    [Theory, InSandbox, InFallback]
    public async Task The_prover_reads_exactly_the_goals_bytes(bool sandboxed)
    {
        var command = Puppet.Command("read", "{goal}", "list", "{folder}") with { Goal = "p cnf 1 1\n1 0\n"u8.ToArray(), GoalFileName = "a b'\".cnf" };
        var run = Observed.Start(launchers.Get(sandboxed), command);
        await run.Reaped;
        Assert.Equal("p cnf 1 1\n1 0\n\n\n", run.Text(ProverStream.Stdout));
    }

    [Theory, InSandbox, InFallback]
    public async Task A_large_goal_arrives_whole_and_may_be_left_unread(bool sandboxed)
    {
        var goal = new byte[64 << 20];
        Array.Fill(goal, (byte)'\n');
        ";; play: say unsat exit 1"u8.CopyTo(goal);
        var run = Observed.Start(launchers.Get(sandboxed), Puppet.Command("goal", "{goal}") with { Goal = goal });
        Assert.Equal(new RunEnd.Exited(1), (await run.Reaped).End);
        Assert.Equal("unsat\n", run.Text(ProverStream.Stdout));
    }

    /// <summary>Keeps the end of the output only.</summary>
    private sealed class LastLine : IProverObserver
    {
        private readonly TaskCompletionSource<RunEnd> _reaped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _last = new byte[7];

        internal Task<RunEnd> Reaped => _reaped.Task;

        internal string Text => System.Text.Encoding.ASCII.GetString(_last);

        void IProverObserver.Started()
        {
        }

        void IProverObserver.Printed(ProverStream stream, ReadOnlySpan<byte> bytes)
        {
            var kept = Math.Min(bytes.Length, _last.Length);
            _last.AsSpan(kept).CopyTo(_last);
            bytes[^kept..].CopyTo(_last.AsSpan(_last.Length - kept));
        }

        void IProverObserver.Drained()
        {
        }

        void IProverObserver.Ended()
        {
        }

        void IProverObserver.Reaped(RunEnd end, RunUsage usage) => _reaped.SetResult(end);
    }
}
