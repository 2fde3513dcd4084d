using System.Text.Json;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Messages.Json;

/// <summary>Where the shards are: <c>{"shards":[{"region":"goals","shard":"17","node":"...","entities":3}],"silent":[...]}</c>.</summary>
public static class ShardJson
{
    public static void Write(Utf8JsonWriter json, ShardsView view)
    {
        json.WriteStartObject();
        json.WriteStartArray("shards");
        foreach (var shard in view.Shards)
        {
            json.WriteStartObject();
            json.WriteString("region", shard.Region);
            json.WriteString("shard", shard.Shard);
            json.WriteString("node", shard.Node);
            if (shard.Entities is { } entities) json.WriteNumber("entities", entities);
            else json.WriteNull("entities");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteWords("silent", view.Silent);
        json.WriteEndObject();
    }

    /// <exception cref="JsonMismatchException">It is not that.</exception>
    public static ShardsView Read(JsonElement json) => new(
        json.List("shards", shard => new ShardView(
            shard.Text("region"), shard.Text("shard"), shard.Text("node"), shard.Optional("entities", JsonValueKind.Number) is null ? null : shard.Integer("entities"))),
        json.Words("silent"));
}
