using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Client;

/// <summary>
/// A cluster of provers. Every method may be called by many threads at once, and throws a <see cref="ProverClientException"/> of its own kind for each
/// cause; what is safe to try again has been tried again by then.
/// </summary>
public interface IProverClient : IAsyncDisposable
{
    /// <summary>Proves a goal. A goal whose file cannot be read, or whose text is none, is <c>rejected</c>: that is a verdict, not an exception.</summary>
    /// <param name="goal">What is to be decided.</param>
    /// <param name="options">What it may use; null for the cluster's own settings.</param>
    /// <param name="progress">Is told the events of the race, in order, from a thread of the pool.</param>
    /// <param name="cancellationToken">
    /// Withdraws the goal. The call returns when the cluster has confirmed that every prover of it is dead, or when <see cref="ProveOptions.WithdrawGrace"/> is over.
    /// </param>
    /// <exception cref="GoalWithdrawnException">The token was cancelled before the goal was decided.</exception>
    Task<ProveResult> ProveAsync(Goal goal, ProveOptions? options = null, IProgress<RaceEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Proves many goals, some at once, with their results in the order of the goals. Goals are taken as there is room for them, so they may be
    /// without end. Leaving the loop early, or cancelling, withdraws what was begun; a cancelled call throws, and never just ends.
    /// </summary>
    /// <inheritdoc cref="ProveAsync"/>
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

    /// <summary>What the cluster can run, by node.</summary>
    Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellationToken = default);
}
