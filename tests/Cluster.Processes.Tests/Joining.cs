using ProverCluster.Messages.Runs;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>Nodes come while goals are raced, and go again: SIGTERM.</summary>
[Collection(ThreeNodes.Name)]
public sealed class Joining(ThreeNodes three)
{
    [ProcessesFact]
    public Task A_node_that_joins_gets_its_share_of_the_work_and_finishes_it_when_it_is_told_to_leave() => three.WithAsync(nodes => JoinAsync(nodes, more: 1));

    [ProcessesStressFact]
    public Task Many_nodes_join_one_after_the_other_and_leave() => Nodes.WithAsync(Form.Long, 1, nodes => JoinAsync(nodes, more: 9));

    private static async Task JoinAsync(Nodes nodes, int more)
    {
        var load = Load.Start(nodes.Client, nodes.Form);
        await load.MoreAsync(nodes.Form.Goals, instead: nodes.Told);
        var joined = new List<NodeProcess>();
        for (var i = 0; i < more; i++)
        {
            joined.Add(await nodes.AddAsync());
            await load.MoreAsync(nodes.Form.Goals, answer => answer.Runs.Any(run => run.Node == joined[^1].Name), nodes.Told);
        }

        foreach (var leaving in joined)
        {
            leaving.Signal(PosixSignals.Term);
            Assert.Equal(0, await leaving.ExitAsync());
            leaving.LeftNoProver();
            nodes.Living.Remove(leaving);
        }

        await load.MoreAsync(nodes.Form.Goals, instead: nodes.Told);
        var answers = await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
        // The grace is longer than any run here takes.
        Assert.DoesNotContain(answers.SelectMany(answer => answer.Runs), run => run.Outcome == RunOutcome.Lost);
    }
}
