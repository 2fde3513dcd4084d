using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Store;

/// <summary>
/// What outlives a node: the goals that were accepted, their texts, their answers. Whatever a call here has returned is on the disk. Every call may be repeated, since
/// whoever hears <see cref="StoreUnavailable"/> cannot know whether it was carried out.
/// </summary>
/// <remarks>All of it throws <see cref="StoreUnavailable"/>, and works again once the cause is gone.</remarks>
internal interface IGoalStore
{
    /// <summary>Accepts the goal, or finds the one that stands under its id.</summary>
    Task<Acceptance> AcceptAsync(NewGoal goal, CancellationToken cancellation = default);

    /// <summary>Stores the answer, unless there is one: the first stays. Returns the goal with the answer that stands; null if there is no such goal.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="verdictText">By what <see cref="DoubtAsync"/> finds it, if it came from the cache: the text that its verdict is on. Null for none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<StoredGoal?> SettleAsync(GoalAnswer answer, string? verdictText = null, CancellationToken cancellation = default);

    /// <summary>
    /// Writes down beside all answers that came from the cache's verdict on that text, and were not in doubt before, what contradicts it. Some at a time. Returns how many;
    /// fewer than <paramref name="most"/> when there is no more to do.
    /// </summary>
    Task<int> DoubtAsync(string verdictText, string why, int most, CancellationToken cancellation = default);

    /// <summary>
    /// Opens a goal again that was withdrawn, as a client may want that has lost its connection, and gives it a new deadline, as one also gets that is about to be withdrawn
    /// and is still open. What has another answer stays as it is. Returns the goal as it stands then; null if there is none.
    /// </summary>
    /// <param name="id">The goal.</param>
    /// <param name="left">What is left of its deadline, from now on.</param>
    /// <param name="stands">Whether the owner's interest lasts, from now on: what was given up does not come back.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<StoredGoal?> ReopenAsync(GoalId id, TimeSpan left, bool stands, CancellationToken cancellation = default);

    /// <summary>The owner's interest lasts no longer. What is settled stays as it is.</summary>
    Task GiveUpAsync(GoalId id, CancellationToken cancellation = default);

    Task<StoredGoal?> FindAsync(GoalId id, CancellationToken cancellation = default);

    /// <summary>The text of that goal, or the output of its answer if that is <see cref="Messages.Runs.ProverOutput.Kept"/>; null if there is none.</summary>
    Task<byte[]?> ReadTextAsync(GoalId goal, TextDigest text, CancellationToken cancellation = default);

    /// <summary>Some of the goals that are not settled, in the order in which they came in.</summary>
    /// <param name="after">The last <see cref="StoredGoal.Number"/> that is known; 0 for none.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<StoredGoal>> OpenAsync(long after, int most, CancellationToken cancellation = default);

    /// <summary>Some of the settled goals, those first that were settled last.</summary>
    /// <param name="owner">Only this owner's; null for all.</param>
    /// <param name="before">The last one that is known; null for none.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<StoredGoal>> SettledAsync(string? owner, StoredGoal? before, int most, CancellationToken cancellation = default);

    /// <summary>
    /// Forgets goals that were settled longer ago, those first that were settled first, and the texts that no goal refers to then. A small step, so that nobody waits
    /// long behind it; for one node of a cluster at a time. Returns how many.
    /// </summary>
    Task<int> ForgetAsync(TimeSpan longerAgo, int most, CancellationToken cancellation = default);

    Task<StoreCounts> CountAsync(CancellationToken cancellation = default);
}

/// <summary>A goal that is to be stored.</summary>
/// <param name="What">The goal.</param>
/// <param name="Text">Its text; null if it was rejected, since what came is no text then.</param>
/// <param name="Owner">Whose.</param>
/// <param name="Stands">Whether the owner's interest lasts although nobody waits.</param>
/// <param name="AcceptedAt">In milliseconds of Unix time: for the order of a list, and nothing else.</param>
/// <param name="Left">What is left of its deadline.</param>
internal sealed record NewGoal(Goal What, ReadOnlyMemory<byte>? Text, string Owner, bool Stands, long AcceptedAt, TimeSpan Left);

/// <summary>A goal as it stands in the store.</summary>
/// <param name="Number">Its place in the order in which goals came in.</param>
/// <param name="What">The goal.</param>
/// <param name="Owner">Whose.</param>
/// <param name="Stands">Whether the owner's interest lasts although nobody waits.</param>
/// <param name="AcceptedAt">In milliseconds of Unix time.</param>
/// <param name="Left">What is left of its deadline now; below zero if it has passed.</param>
/// <param name="Settled">When it was settled; null if it was not.</param>
/// <param name="Answer">Null if it was not. A long output is <see cref="Messages.Runs.ProverOutput.Kept"/>, without a source. What contradicts it since is in its origin.</param>
internal sealed record StoredGoal(long Number, Goal What, string Owner, bool Stands, long AcceptedAt, TimeSpan Left, StoreMoment? Settled, GoalAnswer? Answer);

/// <summary>A moment by the <see cref="StoreClock"/>, in milliseconds.</summary>
internal readonly record struct StoreMoment(long Milliseconds);

/// <summary>What became of a goal that was to be accepted: a closed set.</summary>
internal abstract record Acceptance
{
    private Acceptance()
    {
    }

    /// <summary>It is stored, now or since before.</summary>
    public sealed record Stands(StoredGoal Goal) : Acceptance;

    /// <summary>The id is that of another text, of other options or of another owner's goal.</summary>
    public sealed record Conflict : Acceptance;
}

/// <param name="Open">Goals that are not settled.</param>
/// <param name="Settled">Goals that are.</param>
/// <param name="Texts">Long texts and long outputs, each once.</param>
/// <param name="TextBytes">Their bytes.</param>
internal sealed record StoreCounts(long Open, long Settled, long Texts, long TextBytes);
