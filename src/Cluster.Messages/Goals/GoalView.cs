using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>A goal as it stands at this moment, for whoever asks. Until it is settled it says what is known so far.</summary>
/// <param name="Id">Which goal.</param>
/// <param name="State">How far it has come.</param>
/// <param name="IsCached">Whether the verdict came from an earlier race.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Verdict">What is known of it; null while nothing is.</param>
/// <param name="Szs">The status behind the verdict, or null.</param>
/// <param name="Winner">Whose verdict it is, or null.</param>
/// <param name="Decided">When, since its acceptance, or null.</param>
/// <param name="Settled">When the last run had ended; null while one has not.</param>
/// <param name="Reason">Why the verdict is not a decisive one; null if it is, or is not known.</param>
/// <param name="Runs">The runs that have ended; of a settled goal, all.</param>
/// <param name="Output">The winner's model, core or proof, if it was wanted.</param>
/// <param name="Origin">Where a verdict comes from that is not of a race of the goal's own; null of one that is, or as long as it is not settled.</param>
public sealed record GoalView(
    GoalId Id,
    GoalState State,
    bool IsCached,
    string Name,
    Verdict? Verdict,
    SzsStatus? Szs,
    RunId? Winner,
    TimeSpan? Decided,
    TimeSpan? Settled,
    string? Reason,
    IReadOnlyList<RunRow> Runs,
    ProverOutput? Output,
    AnswerOrigin? Origin = null)
{
    /// <summary>When it was accepted, by that node's clock; null where nobody has said so. It is for people: all other times count from it by a better clock.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The whole story; null until the goal is settled.</summary>
    public GoalAnswer? Answer => State == GoalState.Settled && Verdict is { } verdict && Settled is { } settled
        ? new GoalAnswer(Id, Name, verdict, Szs, Winner, Decided, settled, Reason, Runs, Output, Origin)
        : null;

    public static GoalView Of(GoalAnswer answer, bool isCached) => new(
        answer.Id, GoalState.Settled, isCached, answer.Name, answer.Verdict, answer.Szs, answer.Winner,
        answer.Decided, answer.Settled, answer.Reason, answer.Runs, answer.Output, answer.Origin);
}
