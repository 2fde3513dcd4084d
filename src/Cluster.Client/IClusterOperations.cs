using ProverCluster.Messages.Nodes;

namespace ProverCluster.Client;

/// <summary>
/// What a cluster is doing, for whoever operates it. Every method throws a <see cref="ProverClientException"/> of its own kind for each cause;
/// <see cref="RequestRefusedException"/> where there is no such node, or no such actor.
/// </summary>
public interface IClusterOperations
{
    /// <summary>Who is in it.</summary>
    Task<MembersView> MembersAsync(CancellationToken cancellationToken = default);

    /// <summary>Which node has which shard.</summary>
    Task<ShardsView> ShardsAsync(CancellationToken cancellationToken = default);

    /// <summary>What a node runs, as of now.</summary>
    /// <param name="node">As <see cref="MemberView.Node"/> has it: <c>host:port</c>.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    Task<NodeRunsView> RunsAsync(string node, CancellationToken cancellationToken = default);

    /// <summary>The living actors of a node. Wants an administrator's token, where tokens are wanted.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    Task<ActorTreeView> ActorsAsync(ActorQuery query, CancellationToken cancellationToken = default);

    /// <summary>Tells a node to drain and leave; returns when it has begun to. Wants an administrator's token.</summary>
    /// <inheritdoc cref="RunsAsync"/>
    Task LeaveAsync(string node, CancellationToken cancellationToken = default);

    /// <summary>Gives a node up for lost: nothing of it counts from then on. Wants an administrator's token.</summary>
    /// <inheritdoc cref="RunsAsync"/>
    Task DownAsync(string node, CancellationToken cancellationToken = default);
}

/// <summary>Which actors of which node. What is null is as the cluster has it.</summary>
public sealed record ActorQuery
{
    /// <summary>The node, as <c>host:port</c>; null for the one that is asked.</summary>
    public string? Node { get; init; }

    /// <summary>Where the tree begins, such as <c>/user/agent</c>.</summary>
    public string? Path { get; init; }

    /// <summary>How many generations below that.</summary>
    public int? Depth { get; init; }

    /// <summary>How many actors at most, those nearest to its beginning.</summary>
    public int? Limit { get; init; }
}
