using ProverCluster.Client;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Cli.Tests;

/// <summary>A cluster that says of itself what the test wants.</summary>
internal sealed class FakeOperations : IClusterOperations
{
    public MembersView Members { get; set; } = new("a:1", [], []);

    public ShardsView Shards { get; set; } = new([], []);

    /// <summary>By node; one that is not in it does not answer.</summary>
    public Dictionary<string, IReadOnlyList<RunView>> Runs { get; } = [];

    public ActorTreeView Tree { get; set; } = new("a:1", "/user", [], false);

    public ActorQuery? Asked { get; private set; }

    public List<string> Told { get; } = [];

    public Task<MembersView> MembersAsync(CancellationToken cancellationToken = default) => Task.FromResult(Members);

    public Task<ShardsView> ShardsAsync(CancellationToken cancellationToken = default) => Task.FromResult(Shards);

    public Task<NodeRunsView> RunsAsync(string node, CancellationToken cancellationToken = default) => Runs.TryGetValue(node, out var runs)
        ? Task.FromResult(new NodeRunsView(node, runs))
        : Task.FromException<NodeRunsView>(new ClusterUnreachableException("the cluster cannot be reached", null, "node-silent"));

    public Task<ActorTreeView> ActorsAsync(ActorQuery query, CancellationToken cancellationToken = default)
    {
        Asked = query;
        return Task.FromResult(Tree);
    }

    public Task LeaveAsync(string node, CancellationToken cancellationToken = default) => TellAsync($"leave {node}");

    public Task DownAsync(string node, CancellationToken cancellationToken = default) => TellAsync($"down {node}");

    private Task TellAsync(string what)
    {
        Told.Add(what);
        return Task.CompletedTask;
    }
}
