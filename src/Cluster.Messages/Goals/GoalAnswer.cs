using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>The whole story of a settled goal. Times count from its acceptance.</summary>
/// <param name="Id">The goal.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Verdict">What is known of it.</param>
/// <param name="Szs">The status behind the verdict, or null where none was said.</param>
/// <param name="Winner">Whose verdict it is, or null.</param>
/// <param name="Decided">When, or null if nobody decided.</param>
/// <param name="Settled">When the last run had ended.</param>
/// <param name="Reason">Why the verdict is not a decisive one; null if it is.</param>
/// <param name="Runs">Every run that was planned, exactly once, in the order of the plan.</param>
/// <param name="Output">The winner's model, core or proof, if it was wanted.</param>
/// <param name="Origin">Null if the goal had a race of its own.</param>
public sealed record GoalAnswer(
    GoalId Id,
    string Name,
    Verdict Verdict,
    SzsStatus? Szs,
    RunId? Winner,
    TimeSpan? Decided,
    TimeSpan Settled,
    string? Reason,
    IReadOnlyList<RunRow> Runs,
    ProverOutput? Output,
    AnswerOrigin? Origin = null)
{
    /// <summary>Whether the verdict came from an earlier race.</summary>
    public bool IsCached => Origin is { IsCached: true };
}
