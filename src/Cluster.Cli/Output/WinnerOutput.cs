using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

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
        if (answer.Output?.Words is not { } text || string.IsNullOrWhiteSpace(text) || !answer.Verdict.IsDecisive()) return null;
        if (answer.Verdict == Verdict.Refuted) return new WinnerOutput(Model, language == GoalLanguage.Dimacs ? DimacsModel.Lines(text) : text);
        return new WinnerOutput(language == GoalLanguage.SmtLib2 && IsFlatList(text) ? Core : Proof, text);
    }

    /// <summary>Why there is nothing to show although the winner printed something; null if that is not so.</summary>
    public static string? Missing(GoalAnswer answer) =>
        answer.Output is ProverOutput.Missing missing ? "its winner's output could not be had: " + Excerpt.Visible(missing.Why) : null;

    // get-unsat-core answers with one list of names; every proof has lists inside its list.
    private static bool IsFlatList(string text) => text.Count(c => c == '(') == 1 && text.TrimStart().StartsWith('(');
}
