using ProverCluster.Messages.Runs;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>SIGTERM, once and twice, and a rolling restart.</summary>
public sealed class Leaving
{
    private const int EndedByTerm = 128 + (int)PosixSignals.Term;
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(3);

    [ProcessesStressFact]
    public Task All_nodes_are_restarted_one_by_one_and_no_run_is_lost() => RollAsync(Form.Short);

    [ProcessesStressFact]
    public Task All_nodes_are_restarted_one_by_one_over_and_over() => RollAsync(Form.Long);

    // Only there: the short form of it takes as long as any, and ./test has ten minutes.
    [ProcessesStressFact]
    public Task A_second_SIGTERM_ends_draining_nodes_at_once() => LeaveAtOnceAsync(Form.Long);

    private static async Task RollAsync(Form form)
    {
        await using var nodes = await Nodes.StartAsync(form, 3);
        var load = Load.Start(nodes.Client, form);
        for (var round = 0; round < form.Rounds; round++)
        {
            foreach (var old in nodes.Living.ToArray())
            {
                await load.MoreAsync(form.Goals, answer => answer.Runs.Any(run => run.Node == old.Name), nodes.Told);
                old.Signal(PosixSignals.Term);
                Assert.Equal(0, await old.ExitAsync());
                await old.NoProverLivesAsync();
                nodes.Living.Remove(old);
                await nodes.AddAsync(old.Address);
            }
        }

        await load.MoreAsync(form.Goals, instead: nodes.Told);
        var answers = await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
        // Its grace is longer than any run here takes.
        Assert.DoesNotContain(answers.SelectMany(answer => answer.Runs), run => run.Outcome == RunOutcome.Lost);
    }

    private static async Task LeaveAtOnceAsync(Form form)
    {
        await using var nodes = await Nodes.StartAsync(form, 3);
        var load = Load.Start(nodes.Client, form);
        for (var round = 0; round < form.Rounds; round++)
        {
            var leaving = nodes.Living[round % 3];
            // Their runs have 10 of the 12 slots: no node is drained before the second signal, which comes long before its grace is over.
            var slow = Enumerable.Range(0, 5).Select(_ => load.Also(seconds: 8)).ToArray();
            await Patience.ForAsync(Task.WhenAll(slow.Select(each => each.Started)), "the slow goals to start", nodes.Told);
            leaving.Signal(PosixSignals.Term);
            await leaving.SaysAsync("takes no more work");
            leaving.Signal(PosixSignals.Term);
            Assert.Equal(EndedByTerm, await leaving.ExitAsync(s_atOnce));
            await leaving.NoProverLivesAsync();
            nodes.Living.Remove(leaving);
            await load.MoreAsync(form.Goals + form.InFlight, instead: nodes.Told);
            await Patience.ForAsync(Task.WhenAll(slow.Select(each => each.Settled)), "the slow goals", nodes.Told);
            if (round + 1 < form.Rounds)
                await nodes.AddAsync(leaving.Address);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }
}
