using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>Nodes come while goals are raced.</summary>
public sealed class Joining
{
    [ProcessesFact]
    public Task A_node_that_joins_gets_its_share_of_the_work() => JoinAsync(Form.Short, more: 2);

    [ProcessesStressFact]
    public Task Many_nodes_join_one_after_the_other() => JoinAsync(Form.Long, more: 9);

    private static async Task JoinAsync(Form form, int more)
    {
        await using var nodes = await Nodes.StartAsync(form, 1);
        var load = Load.Start(nodes.Client, form);
        await load.MoreAsync(form.Goals, instead: nodes.Told);
        for (var i = 0; i < more; i++)
        {
            var joined = await nodes.AddAsync();
            await load.MoreAsync(form.Goals, answer => answer.Runs.Any(run => run.Node == joined.Name), nodes.Told);
        }

        await load.EndAsync(nodes.Told);
        await nodes.NoProverLivesAsync();
    }
}
