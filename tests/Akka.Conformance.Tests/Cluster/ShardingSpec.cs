namespace Akka.Conformance.Cluster;

/// <summary>Nodes that share entities among them.</summary>
public abstract class ShardingSpec : ClusterSpec
{
    protected const string NervousAndAtRest = $"{Nervous}\nakka.cluster.sharding.rebalance-interval = 1h";
    protected const string NeverRebalance = "akka.cluster.sharding.rebalance-interval = 1h";
    private protected readonly Lives _lives = new();

    /// <param name="Life">How many of its name there have been, with this one.</param>
    private protected sealed record Answer(string Id, string Text, int Life, Address Node);

    /// <summary>All regions have had an answer, so they are known to whoever says where shards are, and shards go to all of them.</summary>
    private protected async Task<Node[]> FormWithEntities(int count, string more = NeverRebalance)
    {
        var nodes = await Form(count, more, akka => Entity.Host(akka, _lives));
        foreach (var node in nodes) await Ask(node, Ids(1).Single());
        return nodes;
    }

    private protected static async Task<Answer> Ask(Node from, string id, string text = "?") => Read(await from.Region.Ask<string>($"{id}:{text}", Long));

    /// <summary>What is on the way to a node that is gone is lost, so one asks again.</summary>
    private protected static async Task<Answer> AskUntilAnswered(Node from, string id)
    {
        using var limit = new CancellationTokenSource(Long);
        while (true)
        {
            try
            {
                return Read(await from.Region.Ask<string>($"{id}:?", TimeSpan.FromSeconds(1), limit.Token));
            }
            catch (AskTimeoutException)
            {
            }
        }
    }

    private protected static Answer Read(string answer)
    {
        var parts = answer.Split('|');
        return new Answer(parts[0], parts[1], int.Parse(parts[2]), Address.Parse(parts[3]));
    }

    protected static IEnumerable<string> Ids(int count) => Enumerable.Range(0, count).Select(i => $"id-{i}");

    /// <summary>Of the first hundred, one that lives in that node.</summary>
    private protected static async Task<string> IdIn(Node home)
    {
        foreach (var id in Ids(100))
            if ((await Ask(home, id)).Node == home.Cluster.SelfAddress) return id;
        throw new InvalidOperationException("None of a hundred lives there.");
    }
}
