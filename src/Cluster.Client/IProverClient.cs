using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;

namespace ProverCluster.Client;

/// <summary>
/// A cluster of provers. Every method throws a <see cref="ProverClientException"/> of its own kind for each cause; what is safe to try again has been tried
/// again by then.
/// </summary>
public interface IProverClient : IProver
{
    /// <summary>The cluster itself, for whoever operates it.</summary>
    IClusterOperations Cluster { get; }

    /// <summary>
    /// Proves many goals, some at once, with their results in the order of the goals. Goals are taken as there is room for them, so they may be
    /// without end. Leaving the loop early, or cancelling, withdraws what was begun; a cancelled call throws, and never just ends.
    /// </summary>
    /// <inheritdoc cref="IProver.ProveAsync"/>
    IAsyncEnumerable<ProveResult> ProveManyAsync(IEnumerable<Goal> goals, ProveOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ProveManyAsync(IEnumerable{Goal}, ProveOptions?, CancellationToken)"/>
    IAsyncEnumerable<ProveResult> ProveManyAsync(IAsyncEnumerable<Goal> goals, ProveOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>How a goal stands.</summary>
    /// <exception cref="UnknownGoalException">The cluster does not know it, or it is another client's.</exception>
    Task<GoalView> ShowAsync(GoalId goal, CancellationToken cancellationToken = default);

    /// <summary>The goals that the cluster knows and this client may see, newest first. Asked for page by page, as the loop goes on.</summary>
    /// <param name="state">Only those that stand so; null for all.</param>
    /// <param name="labels">Only those that have all of these; null for all.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    IAsyncEnumerable<GoalView> ListAsync(GoalState? state = null, IReadOnlyDictionary<string, string>? labels = null, CancellationToken cancellationToken = default);

    /// <summary>The story of a goal from its beginning; ends after <see cref="RaceEvent.Settled"/>. Watching is no interest: nothing is withdrawn by leaving.</summary>
    /// <inheritdoc cref="ShowAsync"/>
    IAsyncEnumerable<RaceEvent> WatchAsync(GoalId goal, CancellationToken cancellationToken = default);

    /// <summary>Gives a goal up. Returns how it stands as soon as the cluster has noted it; its provers are dead when it is settled.</summary>
    /// <inheritdoc cref="ShowAsync"/>
    Task<GoalView> WithdrawAsync(GoalId goal, CancellationToken cancellationToken = default);

    /// <summary>A page of the verdicts that the cluster knows from earlier races, and how many there are; for an administrator.</summary>
    /// <param name="after">The <see cref="CachePageJson.Next"/> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<CachePageJson> CacheAsync(string? after = null, CancellationToken cancellationToken = default);

    /// <summary>Has the cluster forget all of them; for an administrator. Returns how many there were.</summary>
    Task<long> ClearCacheAsync(CancellationToken cancellationToken = default);
}
