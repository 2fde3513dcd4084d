using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Store;

/// <summary>What a node has that was given no store: goals are in memory alone, so there is nothing to wait for and nothing to be found.</summary>
internal sealed class NoStore : IGoalStore
{
    public Task<Acceptance> AcceptAsync(NewGoal goal, CancellationToken cancellation = default) => Task.FromResult<Acceptance>(
        new Acceptance.Stands(new StoredGoal(0, goal.What, goal.Owner, goal.Stands, goal.AcceptedAt, goal.Left, null, null)));

    public Task<StoredGoal?> SettleAsync(GoalAnswer answer, string? verdictText = null, CancellationToken cancellation = default) => Nothing;

    public Task<int> DoubtAsync(string verdictText, string why, int most, CancellationToken cancellation = default) => Task.FromResult(0);

    public Task<StoredGoal?> ReopenAsync(GoalId id, TimeSpan left, bool stands, CancellationToken cancellation = default) => Nothing;

    public Task GiveUpAsync(GoalId id, CancellationToken cancellation = default) => Task.CompletedTask;

    public Task<StoredGoal?> FindAsync(GoalId id, CancellationToken cancellation = default) => Nothing;

    public Task<byte[]?> ReadTextAsync(GoalId goal, TextDigest text, CancellationToken cancellation = default) => Task.FromResult<byte[]?>(null);

    public Task<IReadOnlyList<StoredGoal>> OpenAsync(long after, int most, CancellationToken cancellation = default) => None;

    public Task<IReadOnlyList<StoredGoal>> SettledAsync(string? owner, StoredGoal? before, int most, CancellationToken cancellation = default) => None;

    public Task<int> ForgetAsync(TimeSpan longerAgo, int most, CancellationToken cancellation = default) => Task.FromResult(0);

    public Task<StoreCounts> CountAsync(CancellationToken cancellation = default) => Task.FromResult(new StoreCounts(0, 0, 0, 0));

    private static Task<StoredGoal?> Nothing => Task.FromResult<StoredGoal?>(null);

    private static Task<IReadOnlyList<StoredGoal>> None => Task.FromResult<IReadOnlyList<StoredGoal>>([]);
}
