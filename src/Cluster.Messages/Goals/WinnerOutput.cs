using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>What the winner printed beside its verdict, and what to call it.</summary>
/// <param name="Kind"><see cref="Model"/>, <see cref="Core"/> or <see cref="Proof"/>.</param>
/// <param name="Text">The output.</param>
public sealed record WinnerOutput(string Kind, string Text)
{
    public const string Model = "model";
    public const string Core = "core";
    public const string Proof = "proof";

    private const string CouldNotBeHad = "its winner's output could not be had: ";

    /// <summary>Every kind, in the order of the JSON object.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Model, Core, Proof];

    /// <summary>Null if the goal is not decided, or its winner printed nothing more.</summary>
    public static WinnerOutput? Of(GoalLanguage? language, Verdict? verdict, ProverOutput? output)
    {
        if (output?.Words is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        return verdict switch
        {
            Verdict.Refuted => new WinnerOutput(Model, language == GoalLanguage.Dimacs ? DimacsModel.Lines(text) : text),
            Verdict.Proved => new WinnerOutput(language == GoalLanguage.SmtLib2 && IsFlatList(text) ? Core : Proof, text),
            _ => null,
        };
    }

    /// <inheritdoc cref="Of(GoalLanguage?, Verdict?, ProverOutput?)"/>
    public static WinnerOutput? Of(GoalLanguage? language, GoalAnswer answer) => Of(language, answer.Verdict, answer.Output);

    /// <summary>Why there is nothing to show although the winner printed something; null if that is not so.</summary>
    public static string? Missing(ProverOutput? output) => output is ProverOutput.Missing missing ? CouldNotBeHad + VisibleText.Of(missing.Why) : null;

    /// <summary>What <see cref="Missing"/> was told of.</summary>
    internal static ProverOutput.Missing MissingFrom(string sentence) =>
        new(sentence.StartsWith(CouldNotBeHad, StringComparison.Ordinal) ? sentence[CouldNotBeHad.Length..] : sentence);

    // get-unsat-core answers with one list of names; every proof has lists inside its list.
    private static bool IsFlatList(string text) => text.Count(c => c == '(') == 1 && text.TrimStart().StartsWith('(');
}
