using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Messages.Languages;

/// <summary>A TPTP problem with its includes inlined. What <c>% Status</c> comments say of it is never looked at.</summary>
public sealed record TptpProblem : GoalDocument
{
    private TptpProblem(ReadOnlyMemory<byte> text)
        : base(text)
    {
    }

    public override GoalLanguage Language => GoalLanguage.Tptp;

    /// <summary>
    /// True if a formula has the role <c>conjecture</c> (or <c>question</c>), so that a refutation makes a theorem.
    /// A negated conjecture is one more axiom.
    /// </summary>
    public bool HasConjecture { get; private init; }

    /// <summary>
    /// True if formulas speak of numbers, distinct objects or $words other than $true and $false. A prover to which these
    /// are names like others finds models that are none; its proofs are good.
    /// </summary>
    public bool HasInterpretedTerms { get; private init; }

    /// <summary>A $word that even provers that know TPTP's arithmetic may take for a name like others, or null.</summary>
    public string? UncommonWord { get; private init; }

    public static bool TryRead(
        ReadOnlyMemory<byte> text,
        [NotNullWhen(true)] out TptpProblem? problem,
        [NotNullWhen(false)] out GoalRejection? rejection)
    {
        problem = null;
        rejection = GoalText.Check(text.Span);
        if (rejection is not null)
            return false;
        var (formulas, conjecture) = (0, false);
        var words = new TptpWords();
        var scanner = new TptpScanner(text.Span);
        while (scanner.MoveNext())
        {
            var item = scanner.Current;
            rejection = item.IsInclude ? Included(text.Span, item) : Refuse(text.Span, item, conjecture);
            if (rejection is not null)
                return false;
            conjecture |= TptpRoles.IsConjecture(TptpRoles.Plain(text.Span[item.Second]));
            words.Look(text.Span, item.Third);
            formulas++;
        }

        rejection = scanner.Rejection ?? (formulas == 0 ? new GoalRejection("no formula: there is nothing to decide") : null);
        if (rejection is not null)
            return false;
        problem = new TptpProblem(text) { HasConjecture = conjecture, HasInterpretedTerms = words.HasInterpreted, UncommonWord = words.Uncommon };
        return true;
    }

    /// <summary>The text as every prover reads it, so that nothing in it is read by some only.</summary>
    public ReadOnlyMemory<byte> PlainText() => TptpPlainText.Of(Text);

    private static GoalRejection Included(ReadOnlySpan<byte> text, TptpItem include) => GoalText.At(
        text,
        include.Start,
        $"include of {GoalText.Quote(text[include.First])}: includes are resolved by the client; a text that came without its files cannot have any");

    private static GoalRejection? Refuse(ReadOnlySpan<byte> text, TptpItem formula, bool hasConjecture)
    {
        var role = TptpRoles.Plain(text[formula.Second]);
        var isTyped = !formula.IsClause(text) && text[formula.Start] == 't';
        var refusal = TptpRoles.Refuse(formula.IsClause(text), isTyped, role)
            ?? (hasConjecture && TptpRoles.IsConjecture(role)
                ? "a second conjecture: TPTP wants all of them proved, and provers stop at one; join them with & or make a goal of each"
                : null);
        return refusal is null ? null : GoalText.At(text, formula.Start, refusal);
    }
}
