using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client;

/// <summary>What came of a goal. Nothing can change any more: every run of it has ended.</summary>
/// <param name="Answer">The whole story.</param>
/// <param name="IsCached">Whether the verdict came from an earlier race.</param>
public sealed record ProveResult(GoalAnswer Answer, bool IsCached)
{
    /// <summary>The goal's name in the cluster.</summary>
    public GoalId Id => Answer.Id;

    /// <summary>The goal's name for people.</summary>
    public string Name => Answer.Name;

    /// <summary>What is now known of the goal.</summary>
    public Verdict Verdict => Answer.Verdict;

    /// <summary>The field's standard name of what the winner said; null if nobody has won.</summary>
    public SzsStatus? Szs => Answer.Szs;

    /// <summary>Whose verdict it is; null if nobody has won.</summary>
    public BackendName? Winner => Answer.Winner?.Backend;

    /// <summary>When the first decisive verdict was in, since the goal was accepted; null if there was none.</summary>
    public TimeSpan? Decided => Answer.Decided;

    /// <summary>When the last run had ended, since the goal was accepted.</summary>
    public TimeSpan Settled => Answer.Settled;

    /// <summary>Why the verdict is not a decisive one; null if it is.</summary>
    public string? Reason => Answer.Reason;

    /// <summary>Every run that was planned, exactly once.</summary>
    public IReadOnlyList<RunRow> Runs => Answer.Runs;

    /// <summary>The winner's model, core or proof, if <see cref="ProveOptions.ShowOutput"/> asked for it and there was one.</summary>
    public string? Output => Answer.Output?.Words;

    /// <summary>Where a verdict comes from that is not of a race of the goal's own, and what has contradicted it since; null of one that is.</summary>
    public AnswerOrigin? Origin => Answer.Origin;

    internal static ProveResult Rejected(GoalId id, string? name, string reason) => new(
        new GoalAnswer(id, name ?? id.Value, Verdict.Rejected, null, null, null, TimeSpan.Zero, reason, [], null),
        IsCached: false);
}
