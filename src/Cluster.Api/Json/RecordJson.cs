using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Api;

/// <summary>A record's goal, and what happened to it, as the objects of the contract.</summary>
internal static class RecordJson
{
    private static readonly ProverOutput Long = new ProverOutput.Missing("it is long: ask for the goal by its id");

    public static void WriteGoal(this Utf8JsonWriter json, RecordView view) => GoalJson.Write(json, View(view), view.What.Language, view.What.KeepOutput && view.Answer is not null);

    /// <param name="json">Where to.</param>
    /// <param name="told">What happened.</param>
    /// <param name="settled">The goal, if this is its end: with the winner's output in it.</param>
    public static void WriteEvent(this Utf8JsonWriter json, IGoalEvent told, RecordView? settled)
    {
        if (settled is null)
            GoalEventJson.Write(json, told, language: null, showOutput: false, isCached: false);
        else
            json.WriteGoal(settled);
    }

    private static GoalView View(RecordView view) => view.Answer is { } answer
        ? GoalView.Of(answer with { Output = answer.Output is ProverOutput.Kept ? Long : answer.Output }, isCached: false)
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
}
