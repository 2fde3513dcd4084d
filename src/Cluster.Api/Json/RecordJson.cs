using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Records;

namespace ProverCluster.Api;

/// <summary>A record's goal, and what happened to it, as the objects of the contract.</summary>
internal static class RecordJson
{
    public static void WriteGoal(this Utf8JsonWriter json, RecordView view) => GoalJson.Write(json, View(view), view.What.Language, ShowsOutput(view));

    /// <inheritdoc cref="GoalJson.WriteInPieces"/>
    public static IEnumerable<int> WriteInPieces(this Utf8JsonWriter json, RecordView view) => GoalJson.WriteInPieces(json, View(view), view.What.Language, ShowsOutput(view));

    /// <summary>What happened, but for the end: that is the goal itself.</summary>
    public static void WriteEvent(this Utf8JsonWriter json, IGoalEvent told) => GoalEventJson.Write(json, told, language: null, showOutput: false, isCached: told is GoalEvents.Settled { Answer.IsCached: true });

    public static GoalView View(RecordView view) => Undated(view) with { AcceptedAt = view.AcceptedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null };

    private static GoalView Undated(RecordView view) => view.Answer is { } answer
        ? GoalView.Of(answer, answer.IsCached)
        : new GoalView(
            view.What.Id,
            view.State,
            IsCached: false,
            view.What.Name,
            view.Decided?.Verdict,
            view.Decided?.Szs,
            view.Decided?.Winner,
            view.Decided?.At,
            Settled: null,
            Reason: null,
            view.Ended,
            Output: null);

    private static bool ShowsOutput(RecordView view) => view.What.KeepOutput && view.Answer is not null;
}
