using System.Text.Json;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Api;

/// <summary>A goal as an object: that of the command line, and before it what a cluster knows beside. The members and their order are a contract.</summary>
internal static class GoalJson
{
    private static readonly string[] Kinds = ["model", "core", "proof"];

    public static void WriteGoal(this Utf8JsonWriter json, RecordView view)
    {
        json.WriteStartObject();
        json.WriteString("id", view.What.Id.Value);
        json.WriteString("state", view.State.Word());
        json.WriteBoolean("cached", false);
        json.WriteString("goal", view.What.Name);
        if (view.Answer is { } answer)
            WriteAnswer(json, answer);
        else
            WriteSoFar(json, view);
        json.WriteStartArray("runs");
        foreach (var row in view.Answer?.Runs ?? view.Ended)
            json.WriteRow(row);
        json.WriteEndArray();
        if (view is { What.KeepOutput: true, Answer: { } settled })
            WriteOutput(json, view.What.Language, settled);
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, GoalAnswer answer)
    {
        json.WriteString("verdict", answer.Verdict.Word());
        json.WriteString("szs", answer.Szs?.ToString());
        json.WriteString("winner", answer.Winner?.Backend.Value);
        json.WriteMilliseconds("decidedMs", answer.Decided);
        json.WriteMilliseconds("settledMs", answer.Settled);
        json.WriteString("reason", answer.Reason);
    }

    private static void WriteSoFar(Utf8JsonWriter json, RecordView view)
    {
        json.WriteString("verdict", view.Decided?.Verdict.Word());
        json.WriteString("szs", view.Decided?.Szs.ToString());
        json.WriteString("winner", view.Decided?.Winner.Backend.Value);
        json.WriteMilliseconds("decidedMs", view.Decided?.At);
        json.WriteNull("settledMs");
        json.WriteNull("reason");
    }

    private static void WriteOutput(Utf8JsonWriter json, GoalLanguage language, GoalAnswer answer)
    {
        var text = answer.Verdict.IsDecisive() && !string.IsNullOrWhiteSpace(answer.Output?.Words) ? answer.Output.Words : null;
        var kind = text is null ? null : Kind(language, answer.Verdict, text);
        foreach (var each in Kinds)
            json.WriteString(each, each == kind ? text : null);
        switch (answer.Output)
        {
            case ProverOutput.Missing missing:
                json.WriteString("outputMissing", $"its winner's output could not be had: {missing.Why}");
                break;
            case ProverOutput.Kept:
                json.WriteString("outputMissing", "it is long: ask for the goal by its id");
                break;
        }
    }

    private static string Kind(GoalLanguage language, Verdict verdict, string text) =>
        verdict == Verdict.Refuted ? "model" : language == GoalLanguage.SmtLib2 && IsFlatList(text) ? "core" : "proof";

    // get-unsat-core answers with one list of names; every proof has lists inside its list.
    private static bool IsFlatList(string text) => text.Count(c => c == '(') == 1 && text.TrimStart().StartsWith('(');
}
