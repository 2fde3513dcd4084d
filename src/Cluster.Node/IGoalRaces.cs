using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Node;

/// <summary>Whoever races goals in this process: a node, or a whole cluster of them.</summary>
public interface IGoalRaces : IAsyncDisposable
{
    /// <summary>What a person should know of this node, in one sentence each: a missing sandbox, lowered slots.</summary>
    IReadOnlyList<string> Notices { get; }

    /// <summary>Races a goal until it is settled.</summary>
    /// <param name="goal">What is to be decided.</param>
    /// <param name="document">Its text, well formed.</param>
    /// <param name="progress">Is told every event of the race, in order.</param>
    /// <param name="withdraw">Gives the goal up; the answer still comes, as soon as every run of it is dead.</param>
    /// <exception cref="ArgumentException">What is said of the goal is longer than <see cref="GoalBounds"/> allows.</exception>
    Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent>? progress, CancellationToken withdraw);

    /// <summary>What can be run, by node, each prover with its version.</summary>
    Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellation);
}
