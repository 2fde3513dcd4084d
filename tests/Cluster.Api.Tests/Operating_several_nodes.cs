using ProverCluster.Client;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Api;

/// <summary>Any node answers for all of them, and lets any of them go; asked by the client library, as the command line does.</summary>
[Collection(nameof(Several_nodes))]
public sealed class Operating_several_nodes : IAsyncLifetime
{
    private readonly List<ApiNode> _nodes = [];
    private ProverClient _client = null!;

    private IClusterOperations Cluster => _client.Cluster;

    private string[] Names => [.. _nodes.Select(node => node.Node.Name)];

    public async Task InitializeAsync()
    {
        _nodes.Add(await Several_nodes.StartAsync());
        _nodes.Add(await Several_nodes.StartAsync(_nodes[0]));
        await Task.WhenAll(_nodes.Select(node => node.Node.KnowsProversAsync(2)));
        _client = ProverClient.Connect(_nodes[0].Server.Address.ToString());
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Members_shards_runs_and_actors_of_each_are_told_by_any_and_one_that_is_told_to_leave_drains_first()
    {
        var members = await Cluster.MembersAsync();
        Assert.Equal((Names[0], 0), (members.Node, members.Silent.Count));
        // The oldest first.
        Assert.Equal(Names, members.Members.Select(member => member.Node));
        Assert.All(members.Members, member => Assert.Equal(
            ("coordinator,http,prover", "up", true, Node.ProgramVersion.Number, Node.ActorRuntime.Name),
            (string.Join(',', member.Roles), member.Status, member.IsReachable, member.Self?.Version, member.Self?.Runtime)));
        Assert.Single(members.Members, member => member.IsLeader);

        // Until each has some.
        var goals = new List<string>();
        while (await RunsOfAsync(1) is { Count: 0 })
        {
            goals.Add(ApiNode.NewId());
            await _nodes[0].PostAsync("sleep 2 say unsat", $"id={goals[^1]}&timeout=90s");
            await ApiNode.RunsAsync(goals[^1]);
        }

        var run = (await RunsOfAsync(1))[0];
        Assert.Contains(run.Run!.Goal.Value, goals);
        Assert.NotEmpty(run.Use!.Processes!);
        var shards = await Cluster.ShardsAsync();
        Assert.Empty(shards.Silent);
        Assert.All(shards.Shards, shard => Assert.Contains(shard.Node, Names));
        Assert.True(shards.Shards.Where(shard => shard.Region == "records").Sum(shard => shard.Entities) >= goals.Count);
        var tree = await Cluster.ActorsAsync(new ActorQuery { Node = Names[1], Path = "/user/agent" });
        Assert.Contains(tree.Actors, actor => actor.Words?.Run == run.Run);
        Assert.Equal("unknown-node", (await Assert.ThrowsAsync<RequestRefusedException>(() => Cluster.RunsAsync("nobody:1"))).Code);

        await Cluster.LeaveAsync(Names[1]);
        await _nodes[1].Node.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(_nodes[1].Node.WasToldToLeave);
        foreach (var id in goals)
        {
            var goal = await _nodes[0].SettledAsync(id);
            Assert.Equal("proved", goal.GetProperty("verdict").GetString());
            Assert.DoesNotContain(goal.GetProperty("runs").EnumerateArray(), row => row.GetProperty("outcome").GetString() == "lost");
        }

        await IsAloneAsync();
    }

    [Fact]
    public async Task One_that_is_given_up_is_out_at_once_and_ends_by_itself()
    {
        await Cluster.DownAsync(Names[1]);
        await _nodes[1].Node.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(_nodes[1].Node.WasCutOff);
        Assert.False(_nodes[1].Node.WasToldToLeave);
        await IsAloneAsync();
        await _nodes[0].IsWellAsync();
    }

    /// <summary>The first is the only member, soon: news travel.</summary>
    private Task IsAloneAsync() => Eventually.True(() => Cluster.MembersAsync().GetAwaiter().GetResult().Members.Count == 1, "the other is no member");

    private async Task<IReadOnlyList<RunView>> RunsOfAsync(int number) => (await Cluster.RunsAsync(Names[number])).Runs;
}
