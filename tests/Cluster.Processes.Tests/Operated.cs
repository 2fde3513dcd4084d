using ProverCluster.Client;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>Nodes that are seen and let go by an operator, over HTTP, in processes of their own.</summary>
public sealed class Operated
{
    [ProcessesFact]
    public async Task A_node_that_is_told_to_leave_ends_with_0_and_one_that_is_given_up_with_4()
    {
        await using var nodes = await HttpNodes.StartAsync(Form.Short, 3);
        var all = nodes.All;
        await using var client = ProverClient.Connect($"{all[0].Http}");
        var members = await client.Cluster.MembersAsync();
        Assert.Empty(members.Silent);
        Assert.Equal(all.Select(node => node.Name).Order(), members.Members.Select(member => member.Node).Order());
        Assert.Empty((await client.Cluster.ShardsAsync()).Silent);

        await client.Cluster.LeaveAsync(all[1].Name);
        Assert.Equal(0, await all[1].ExitAsync());
        await client.Cluster.DownAsync(all[2].Name);
        Assert.Equal(4, await all[2].ExitAsync());
        await nodes.NoProverLivesAsync();
    }
}
