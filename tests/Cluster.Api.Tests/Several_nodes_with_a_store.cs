using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;

namespace ProverCluster.Api;

/// <summary>Nodes of one cluster with one store: what was acknowledged outlives any of them, and all of them.</summary>
[Collection(nameof(Several_nodes))]
public sealed class Several_nodes_with_a_store : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly List<ApiNode> _nodes = [];
    private NodeStore _store = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SqliteFact]
    public async Task What_a_lost_node_had_accepted_is_settled_by_the_others_although_nobody_asks_for_it()
    {
        await StartAsync(3);
        var ids = await SubmitAsync("sleep 2 say unsat", 12);
        // The first has the recovery, since it is the oldest.
        var lost = _nodes[0];
        _nodes.RemoveAt(0);
        await new TestNode(lost.Node, NodeRoles.All, "lost").CrashAsync(_nodes.Select(node => new TestNode(node.Node, NodeRoles.All, "other")));
        await NoneIsOpenAsync();
        foreach (var id in ids)
        {
            var goal = await _nodes[0].SettledAsync(id);
            Assert.True(goal.GetProperty("verdict").GetString() == "proved", $"{goal}");
        }

        await lost.Server.DisposeAsync();
    }

    [SqliteFact]
    public async Task What_was_open_when_all_nodes_stopped_is_raced_when_one_starts_and_what_was_settled_is_known()
    {
        await StartAsync(2);
        var settled = await SubmitAsync("say sat", 3);
        foreach (var id in settled)
            await _nodes[0].SettledAsync(id);
        var open = await SubmitAsync("sleep 2 say unsat", 6);
        foreach (var node in _nodes.ToArray())
        {
            await node.DisposeAsync();
            _nodes.Remove(node);
        }

        _nodes.Add(await StartOneAsync());
        await NoneIsOpenAsync();
        foreach (var id in settled)
            Assert.Equal("refuted", (await _nodes[0].GetAsync($"/v1/goals/{id}"))["verdict"]);
        foreach (var id in open)
            Assert.Equal("proved", (await _nodes[0].SettledAsync(id)).GetProperty("verdict").GetString());
    }

    private async Task StartAsync(int count)
    {
        // SQLite is for one process, which all of them are in.
        _store = await NodeStore.OpenAsync(_folder, TimeProvider.System);
        for (var number = 0; number < count; number++)
            _nodes.Add(await StartOneAsync());
        await Task.WhenAll(_nodes.Select(node => node.Node.UpAsync()));
        await Task.WhenAll(_nodes.Select(node => node.Node.KnowsProversAsync(count)));
    }

    private Task<ApiNode> StartOneAsync() => ApiNode.StartAsync(
        place: new ClusterPlace("127.0.0.1", 0, [.. _nodes.Take(1).Select(node => node.Node.Name)], NodeRoles.All),
        hocon: "prover-cluster.drain.grace = 0s",
        replace: services => services.AddStore(_store));

    /// <summary>Asks the store: whoever asks a node for a goal has it raced.</summary>
    private Task NoneIsOpenAsync() => Eventually.True(() => _store.Goals.OpenAsync(0, 1).GetAwaiter().GetResult().Count == 0, "no goal is open");

    private async Task<string[]> SubmitAsync(string play, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => ApiNode.NewId()).ToArray();
        for (var number = 0; number < count; number++)
            await _nodes[number % _nodes.Count].PostAsync(play, $"id={ids[number]}&timeout=2m");
        return ids;
    }
}
