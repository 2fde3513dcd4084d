using ProverCluster.Node.Membership;

namespace ProverCluster.Tests.Chaos;

/// <summary>
/// What befalls the nodes of one schedule. Which fault and which node is a matter of the seed. Never so many at once that what is left is no majority of
/// the coordinators: then nobody would go on, and rightly so.
/// </summary>
internal sealed class Faults(TestCluster cluster, Random random)
{
    private const int MostNodes = 6;

    private readonly List<TestNode> _harmed = [];
    private readonly List<(TestNode One, TestNode Other)> _cut = [];
    private readonly List<Task> _leaving = [];

    public SortedDictionary<string, int> Counts { get; } = [];

    public async Task HappenAsync()
    {
        // What was harmed counts until nobody reckons with it any more, or it is back.
        _harmed.RemoveAll(node => node.IsGone ? !cluster.IsMember(node) : !_cut.Any(link => link.One == node || link.Other == node) && cluster.IsInReach(node));
        var well = cluster.Nodes.Except(_harmed).ToArray();
        Func<Task>? happen = random.Next(7) switch
        {
            0 or 1 when MayHarm(1) && well.Length > 0 => () => CrashAsync(Any(well)),
            2 when MayHarm(1) && well.Length > 0 => () => DrainAsync(Any(well)),
            3 when MayHarm(1) && well.Length > 0 => () => IsolateAsync(Any(well)),
            4 when MayHarm(2) && well.Length > 1 => () => CutAsync(well),
            5 when _cut.Count > 0 => HealAsync,
            _ when well.Length < MostNodes => JoinAsync,
            _ => null,
        };
        if (happen is not null)
            await happen();
    }

    /// <summary>Mends every link, waits for what is on its way out, and sees that there are enough nodes to end with.</summary>
    public async Task EndAsync()
    {
        await HealAsync();
        await Task.WhenAll(_leaving);
        if (cluster.Nodes.Count < 2)
            await JoinAsync();
    }

    private bool MayHarm(int more) => 2 * (_harmed.Count + more) < cluster.UpCoordinators;

    private TestNode Any(TestNode[] nodes) => nodes[random.Next(nodes.Length)];

    private async Task CrashAsync(TestNode node)
    {
        Count("crashes");
        _harmed.Add(node);
        await cluster.CrashAsync(node);
    }

    private Task DrainAsync(TestNode node)
    {
        Count("drains");
        _harmed.Add(node);
        _leaving.Add(node.DrainAsync(TimeSpan.FromSeconds(random.NextDouble())));
        return Task.CompletedTask;
    }

    private async Task IsolateAsync(TestNode node)
    {
        Count("isolations");
        _harmed.Add(node);
        _cut.AddRange(cluster.Everyone.Where(other => other != node).Select(other => (node, other)));
        await cluster.IsolateAsync(node);
    }

    /// <summary>One link of two nodes that all others hear: both are put out, since nobody can say whose fault it is.</summary>
    private async Task CutAsync(TestNode[] well)
    {
        Count("cut links");
        var two = well.OrderBy(_ => random.Next()).Take(2).ToArray();
        _harmed.AddRange(two);
        _cut.Add((two[0], two[1]));
        await two[0].CutAsync(two[1]);
    }

    private async Task HealAsync()
    {
        foreach (var (one, other) in _cut.Where(link => !link.One.IsGone))
            await one.HealAsync(other);
        if (_cut.Count > 0)
            Count("heals");
        _cut.Clear();
    }

    private async Task JoinAsync()
    {
        Count("joins");
        await cluster.BeginJoinAsync(NodeRoles.All);
    }

    private void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;
}
