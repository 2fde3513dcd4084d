using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Messages.Languages;

/// <summary>Reads a goal's text in any of the languages: what it refuses is no goal, and no prover sees it.</summary>
public static class GoalReader
{
    /// <summary>The most bytes a goal may have, includes inlined: provers are slow and memory-hungry long before that.</summary>
    public const int MaxBytes = 64 << 20;

    public static bool TryRead(
        GoalLanguage language,
        ReadOnlyMemory<byte> text,
        [NotNullWhen(true)] out GoalDocument? document,
        [NotNullWhen(false)] out GoalRejection? rejection)
    {
        document = language switch
        {
            GoalLanguage.SmtLib2 => SmtLibScript.TryRead(text, out var script, out rejection) ? script : null,
            GoalLanguage.Tptp => TptpProblem.TryRead(text, out var problem, out rejection) ? problem : null,
            GoalLanguage.Dimacs => DimacsFormula.TryRead(text, out var formula, out rejection) ? formula : null,
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "no such language"),
        };
        return rejection is null;
    }

    /// <summary>What every language asks of a text before its own reader looks at it: null if it is plain UTF-8, not empty and not too long.</summary>
    public static GoalRejection? Check(ReadOnlySpan<byte> text) => GoalText.Check(text);

    /// <summary>The rejection of a text that is longer than <see cref="MaxBytes"/>, which nobody needs to read to know.</summary>
    /// <param name="bytes">How long it is; null if all that is known is that it is longer.</param>
    public static GoalRejection TooLarge(long? bytes) => GoalText.TooLarge(bytes);
}
