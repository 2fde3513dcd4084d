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
    /// True if some formula has the role <c>conjecture</c> (or <c>question</c>), so that a refutation makes a theorem.
    /// A negated conjecture is one more axiom.
    /// </summary>
    public bool HasConjecture { get; private init; }

    private bool HasHashComments { get; init; }

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
        var scanner = new TptpScanner(text.Span);
        while (scanner.MoveNext())
        {
            var item = scanner.Current;
            rejection = item.IsInclude ? Included(text.Span, item) : null;
            if (rejection is not null)
                return false;
            conjecture |= IsConjecture(text.Span[item.Second]);
            formulas++;
        }

        rejection = scanner.Rejection ?? (formulas == 0 ? new GoalRejection("no formula: there is nothing to decide") : null);
        if (rejection is not null)
            return false;
        problem = new TptpProblem(text) { HasConjecture = conjecture, HasHashComments = text.Span.Contains((byte)'#') };
        return true;
    }

    /// <summary>The text as every prover reads it: E's comments of <c>#</c> become TPTP's of <c>%</c>, so that nothing is read as text by some only.</summary>
    public ReadOnlyMemory<byte> PlainText()
    {
        if (!HasHashComments)
            return Text;
        var hashes = new List<int>();
        var scanner = new TptpScanner(Text.Span, hashes);
        while (scanner.MoveNext())
        {
        }

        var plain = Text.ToArray();
        foreach (var hash in hashes)
            plain[hash] = (byte)'%';
        return plain;
    }

    private static GoalRejection Included(ReadOnlySpan<byte> text, TptpItem include) => GoalText.At(
        text,
        include.Start,
        $"include of {GoalText.Quote(text[include.First])}: includes are resolved by the client; a text that came without its files cannot have any");

    private static bool IsConjecture(ReadOnlySpan<byte> role)
    {
        // A role may be refined, as in conjecture-lemma.
        var end = role.IndexOf((byte)'-');
        var plain = (end < 0 ? role : role[..end]).Trim(" \t\r\n"u8);
        return plain.SequenceEqual("conjecture"u8) || plain.SequenceEqual("question"u8);
    }
}
