using System.Collections.Concurrent;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node;

/// <summary>A whole cluster in this process: the nodes are those of a real one, each with all roles, and talk over loopback.</summary>
public sealed class LocalCluster : IGoalRaces
{
    private const string Loopback = "127.0.0.1";

    /// <summary>How often a node tells another what it knows of the cluster: as often as a few may.</summary>
    private static readonly TimeSpan FastestGossip = TimeSpan.FromMilliseconds(100);

    /// <summary>All of them share the processors, and what each tells grows with their number: 32 nodes at the fastest pace never get to an end.</summary>
    private static readonly TimeSpan GossipPerNode = TimeSpan.FromMilliseconds(12);

    private readonly IReadOnlyList<ProverNode> _nodes;
    private int _submitted = -1;

    private LocalCluster(IReadOnlyList<ProverNode> nodes) => _nodes = nodes;

    /// <summary>All nodes are on one machine: what is to be said of one is to be said of all.</summary>
    public IReadOnlyList<string> Notices => _nodes[0].Notices;

    /// <summary>Returns when every node knows every other, and what it offers.</summary>
    /// <param name="settings">Of each node, the number of slots among them.</param>
    /// <param name="catalogue">The provers.</param>
    /// <param name="count">How many nodes.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static Task<LocalCluster> StartAsync(NodeSettings settings, BackendCatalogue catalogue, int count, CancellationToken cancellation) =>
        StartAsync(settings, catalogue, count, null, cancellation);

    internal static async Task<LocalCluster> StartAsync(
        NodeSettings settings, BackendCatalogue catalogue, int count, Action<IServiceCollection>? replace, CancellationToken cancellation)
    {
        var local = settings with { Store = settings.Store.Without(), Akka = Pace(count).WithFallback(SettingsFiles.LocalCluster()).WithFallback(settings.Akka) };
        var started = new ConcurrentBag<ProverNode>();
        async Task<ProverNode> StartNode(params string[] seeds)
        {
            var node = await ProverNode.StartAsync(local, catalogue, new ClusterPlace(Loopback, 0, seeds, NodeRoles.All), replace, cancellation);
            started.Add(node);
            return node;
        }

        try
        {
            var first = await StartNode();
            // Each start keeps a processor busy; more at once only wait for each other, with their time limits running.
            var oneEach = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Enumerable.Range(1, count - 1), oneEach, async (_, _) => await StartNode(first.Name));
            await Task.WhenAll(started.Select(node => node.KnowsProversAsync(count))).WaitAsync(cancellation);
            return new LocalCluster([.. started]);
        }
        catch
        {
            await EndAsync(started);
            throw;
        }
    }

    /// <summary>Goals come in at one node after the other, as they would from clients.</summary>
    public Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent>? progress, CancellationToken withdraw) =>
        _nodes[(int)((uint)Interlocked.Increment(ref _submitted) % (uint)_nodes.Count)].RaceAsync(goal, document, progress, withdraw);

    public async Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellation) =>
        [.. (await Task.WhenAll(_nodes.Select(node => node.BackendsAsync(cancellation)))).SelectMany(own => own).OrderBy(node => node.Node, StringComparer.Ordinal)];

    public async ValueTask DisposeAsync() => await EndAsync(_nodes);

    private static Config Pace(int count)
    {
        var each = FastestGossip > count * GossipPerNode ? FastestGossip : count * GossipPerNode;
        var period = $"{each.TotalMilliseconds:F0}ms";
        return ConfigurationFactory.ParseString(
            $"akka.cluster {{ gossip-interval = {period}, leader-actions-interval = {period}, periodic-tasks-initial-delay = {period} }}");
    }

    private static Task EndAsync(IEnumerable<ProverNode> nodes) => Task.WhenAll(nodes.Select(node => node.EndAsync()));
}
