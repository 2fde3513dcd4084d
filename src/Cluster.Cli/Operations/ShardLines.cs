using System.Globalization;
using ProverCluster.Cli.Output;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Operations;

/// <summary>Where the shards are, for people: a line for each.</summary>
internal static class ShardLines
{
    public static string Of(ShardsView view)
    {
        if (view.Shards.Count == 0) return "no shards yet";
        var table = new TextTable(("region", false), ("shard", true), ("node", false), ("entities", true));
        foreach (var shard in view.Shards)
            table.Add(Excerpt.Visible(shard.Region), Excerpt.Visible(shard.Shard), Excerpt.Visible(shard.Node), shard.Entities?.ToString(CultureInfo.InvariantCulture) ?? Times.Never);
        return string.Join('\n', table.Lines(""));
    }
}
