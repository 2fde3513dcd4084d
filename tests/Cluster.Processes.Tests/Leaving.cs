using ProverCluster.Messages.Runs;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>SIGTERM, once and twice, and a rolling restart.</summary>
[Collection(ThreeNodes.Name)]
public sealed class Leaving(ThreeNodes three)
{
    private const int EndedByTerm = 128 + (int)PosixSignals.Term;
    private static TimeSpan AtOnce => Busy.Promised(TimeSpan.FromSeconds(3));

    [ProcessesFact]
    public Task All_nodes_are_restarted_one_by_one_and_no_run_is_lost_nor_goal_raced_twice() => three.WithAsync(RollAsync);

    [ProcessesStressFact]
    public Task All_nodes_are_restarted_one_by_one_over_and_over() => Nodes.WithAsync(Form.Long, 3, RollAsync);

    [ProcessesFact]
    public Task A_second_SIGTERM_ends_a_draining_node_at_once() => three.WithAsync(LeaveAtOnceAsync);

    [ProcessesStressFact]
    public Task A_second_SIGTERM_ends_draining_nodes_at_once_over_and_over() => Nodes.WithAsync(Form.Long, 3, LeaveAtOnceAsync);

    [ProcessesFact]
    public Task What_outlasts_the_grace_is_preempted_and_placed_elsewhere_and_not_lost_when_that_node_is_drained_too() => three.WithAsync(OutlastAsync);

    [ProcessesStressFact]
    public Task Goals_whose_runs_are_drained_again_and_again_are_not_lost() => Nodes.WithAsync(Form.Long, 3, OutlastAsync);

    private static async Task RollAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        for (var round = 0; round < nodes.Form.Rounds; round++)
        {
            foreach (var old in nodes.Living.ToArray())
            {
                await load.MoreAsync(nodes.Form.Goals, answer => answer.Runs.Any(run => run.Node == old.Name), nodes.Told);
                await LeaveAsync(nodes, old);
                await nodes.CompleteAsync();
            }
        }

        await load.MoreAsync(nodes.Form.Goals, instead: nodes.Told);
        var answers = await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
        load.AssertNoneWasBegunTwice();
        await nodes.AssertSettledOnceAsync(answers);
        // The grace is longer than any run here takes.
        Assert.DoesNotContain(answers.SelectMany(answer => answer.Runs), run => run.Outcome == RunOutcome.Lost);
    }

    private static async Task LeaveAtOnceAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        for (var round = 0; round < nodes.Form.Rounds; round++)
        {
            await nodes.CompleteAsync();
            // One that has such a run is not drained before the second signal.
            var slow = Enumerable.Range(0, 2).Select(_ => load.Beside(Played.Awaiting())).ToArray();
            var at = await Task.WhenAll(slow.Select(each => each.StartAsync(1, nodes.Told)));
            var leaving = nodes[at[0]];
            leaving.Signal(PosixSignals.Term);
            await leaving.SaysAsync("takes no more work");
            leaving.Signal(PosixSignals.Term);
            Assert.Equal(EndedByTerm, await leaving.ExitAsync(AtOnce));
            await leaving.NoProverLivesAsync();
            nodes.Miss(leaving);
            await load.MoreAsync(nodes.Form.Goals + nodes.Form.InFlight, instead: nodes.Told);
            await Task.WhenAll(slow.Select(nodes.CallAsync));
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }

    private static async Task OutlastAsync(Nodes nodes)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        for (var round = 0; round < nodes.Form.Rounds; round++)
        {
            await nodes.CompleteAsync();
            var goal = load.Beside(Played.Awaiting());
            var left = new List<string>();
            while (left.Count < 2)
            {
                left.Add(await goal.StartAsync(left.Count + 1, nodes.Told));
                await LeaveAsync(nodes, nodes[left[^1]]);
            }

            left.Add(await goal.StartAsync(3, nodes.Told));
            await nodes.CallAsync(goal);
            var rows = goal.Answer!.Runs.Where(run => run.Run.Backend.Value == Played.Player).ToArray();
            Assert.Equal(left, rows.Select(row => row.Node));
            Assert.All(rows[..^1], row => Assert.Equal((RunOutcome.Lost, StopReason.Drained), (row.Outcome, row.Stop?.Reason)));
            Assert.Equal(RunOutcome.Won, rows[^1].Outcome);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }

    private static async Task LeaveAsync(Nodes nodes, NodeProcess leaving)
    {
        leaving.Signal(PosixSignals.Term);
        var code = await leaving.ExitAsync();
        Assert.True(code == 0, $"left with {code}: {leaving.Said}");
        leaving.LeftNoProver();
        nodes.Miss(leaving);
    }
}
