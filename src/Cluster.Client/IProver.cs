using ProverCluster.Messages.Nodes;

namespace ProverCluster.Client;

/// <summary>
/// Whoever proves goals: a cluster that is reached over HTTP, or a node in the caller's own process. Every method may be called by many threads at once.
/// </summary>
public interface IProver : IAsyncDisposable
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

    /// <summary>What can be run, by node.</summary>
    Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellationToken = default);
}
