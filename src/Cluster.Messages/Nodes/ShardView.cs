namespace ProverCluster.Messages.Nodes;

/// <summary>Where a shard lives.</summary>
/// <param name="Region">What it is a part of: <c>goals</c>, <c>flights</c> or <c>records</c>.</param>
/// <param name="Shard">Its name.</param>
/// <param name="Node">Who has it.</param>
/// <param name="Entities">How many coordinators, flights or records live in it; null if it did not answer.</param>
public sealed record ShardView(string Region, string Shard, string Node, int? Entities);

/// <summary>Where the cluster's shards live.</summary>
/// <param name="Shards">By region, and in it by name.</param>
/// <param name="Silent">Nodes that have not said which they have.</param>
public sealed record ShardsView(IReadOnlyList<ShardView> Shards, IReadOnlyList<string> Silent);
