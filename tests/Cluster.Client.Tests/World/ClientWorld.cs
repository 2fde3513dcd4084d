using ProverCluster.Messages.Languages;

namespace ProverCluster.Client.Tests.World;

/// <summary>A cluster of some nodes, a clock that stands still, and a client of both.</summary>
internal sealed class ClientWorld : IAsyncDisposable
{
    public const string Text = "(assert false)\n(check-sat)\n";

    public static readonly Goal Goal = Goal.FromText(Text, GoalLanguage.SmtLib2);

    private ClientWorld(FakeCluster cluster, FakeNode[] nodes, Func<ProverClientOptions, ProverClientOptions>? change)
    {
        (Cluster, Nodes) = (cluster, nodes);
        // Without chance a wait is as long as it can be.
        var options = new ProverClientOptions { Endpoints = [.. nodes.Select(node => node.Address)], Time = Clock, TptpFolder = null, Chance = () => 0 };
        Prover = ProverClient.Connect(change?.Invoke(options) ?? options);
    }

    public FakeCluster Cluster { get; }

    public FakeNode[] Nodes { get; }

    public HandClock Clock { get; } = new();

    public ProverClient Prover { get; }

    public FakeGoal OnlyGoal => Assert.Single(Cluster.Goals).Value;

    /// <summary>What all nodes were asked, in the words <c>POST DELETE EVENTS</c>.</summary>
    public string Kinds(int node = 0) => string.Join(' ', Nodes[node].Requests.Select(request => request.Kind));

    public static async Task<ClientWorld> StartAsync(int nodes = 1, Func<ProverClientOptions, ProverClientOptions>? change = null)
    {
        var cluster = new FakeCluster();
        return new ClientWorld(cluster, await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => FakeNode.StartAsync(cluster))), change);
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed may leave goals that nobody settles.
        foreach (var goal in Cluster.Goals.Values) goal.Settle(Messages.Verdicts.Verdict.Withdrawn);
        foreach (var node in Nodes) await node.DisposeAsync();
    }
}
