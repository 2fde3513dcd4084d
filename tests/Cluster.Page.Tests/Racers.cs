using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Page;

/// <summary>A node with two slots and three backends: one decides when it is called, one never, and the last one finds no slot.</summary>
internal static class Racers
{
    private static readonly Entry[] Entries =
    [
        ApiNode.Puppet,
        Entry.Runs("swift", "trap 'echo unsat; exit 0' USR1; while :; do sleep 0.02; done", "2.1"),
        Entry.Runs("steady", "exec sleep 1000", "1.4.0"),
        Entry.Runs("spare", "exec sleep 1000", "7"),
    ];

    public static Task<ApiNode> StartAsync(string hocon = "", ClusterPlace? place = null, Func<NodeSettings, NodeSettings>? change = null) =>
        ApiNode.StartAsync("prover-cluster.slots = 2\n" + hocon, place, Entries, change);

    /// <summary>Submits a goal for all three.</summary>
    public static async Task<string> RaceAsync(this ApiNode node, string name, string options = "")
    {
        var id = ApiNode.NewId();
        var query = $"id={id}&name={Uri.EscapeDataString(name)}&timeout=10m&backends=swift,steady,spare&{options}";
        var answer = await node.SendAsync(HttpMethod.Post, $"/v1/goals?{query}", ApiNode.Goal(""), "application/dimacs");
        Assert.True(answer.Status == System.Net.HttpStatusCode.Accepted, answer.ToString());
        return id;
    }

    /// <summary>Has the swift one decide.</summary>
    public static Task CallAsync(this ApiNode node, string id) => ApiNode.CallAsync(id, node.SettledAsync(id));
}
