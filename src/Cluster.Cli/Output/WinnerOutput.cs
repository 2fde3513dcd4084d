using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Output;

/// <summary>What the winner printed beside its verdict, and what to call it.</summary>
/// <param name="Kind"><c>model</c>, <c>core</c> or <c>proof</c>.</param>
internal sealed record WinnerOutput(string Kind, string Text)
{
    public const string Model = "model";
    public const string Core = "core";
    public const string Proof = "proof";

    /// <summary>Null if the goal is not decided, or its winner printed nothing more.</summary>
    public static WinnerOutput? Of(GoalLanguage? language, GoalAnswer answer)
    {
        if (string.IsNullOrWhiteSpace(answer.Output) || !answer.Verdict.IsDecisive()) return null;
        if (answer.Verdict == Verdict.Refuted) return new WinnerOutput(Model, language == GoalLanguage.Dimacs ? DimacsModel.Lines(answer.Output) : answer.Output);
        return new WinnerOutput(language == GoalLanguage.SmtLib2 && IsFlatList(answer.Output) ? Core : Proof, answer.Output);
    }

    // get-unsat-core answers with one list of names; every proof has lists inside its list.
    private static bool IsFlatList(string text) => text.Count(c => c == '(') == 1 && text.TrimStart().StartsWith('(');
}
