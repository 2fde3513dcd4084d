namespace ProverCluster.Messages.Languages;

/// <summary>
/// What a formula is to a problem. Provers know different roles, and skip or ignore formulas of those they do not know, so
/// they are given the few that all know.
/// </summary>
internal static class TptpRoles
{
    /// <summary>The role without its refinement, as in <c>conjecture-lemma</c>, which some provers cannot read, and without comments around it.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> role)
    {
        while (!role.IsEmpty && CommentLength(role) is > 0 and var comment)
            role = role[comment..].TrimStart(" \t\r\n"u8);
        var end = role.IndexOfAny("-%#/"u8);
        return (end < 0 ? role : role[..end]).Trim(" \t\r\n"u8);
    }

    /// <summary>True of what is to be proved. A negated conjecture is one more axiom.</summary>
    public static bool IsConjecture(ReadOnlySpan<byte> plain) => plain.SequenceEqual("conjecture"u8) || plain.SequenceEqual("question"u8);

    /// <summary>Why a formula cannot have that role, or null.</summary>
    public static string? Refuse(bool isClause, bool isTyped, ReadOnlySpan<byte> plain)
    {
        if (IsConjecture(plain))
            return isClause ? "a conjecture in cnf, which provers read differently: a clause has the role negated_conjecture, or the conjecture is written in fof" : null;
        if (plain.SequenceEqual("type"u8))
            return isTyped ? null : "the role type is for tff, thf and tcf";
        return IsAxiom(plain) || plain.SequenceEqual("negated_conjecture"u8) ? null
            : $"the role '{GoalText.Quote(plain)}' is not one that says what the formula is to the problem";
    }

    /// <summary>The role for provers: one that all of them know.</summary>
    public static ReadOnlySpan<byte> Common(bool isClause, ReadOnlySpan<byte> plain) =>
        IsConjecture(plain) ? "conjecture"u8
        : plain.SequenceEqual("plain"u8) || plain.SequenceEqual("corollary"u8) ? "axiom"u8
        : plain.SequenceEqual("negated_conjecture"u8) && !isClause ? "axiom"u8
        : plain;

    private static bool IsAxiom(ReadOnlySpan<byte> plain) =>
        plain.SequenceEqual("axiom"u8) || plain.SequenceEqual("hypothesis"u8) || plain.SequenceEqual("definition"u8)
        || plain.SequenceEqual("assumption"u8) || plain.SequenceEqual("lemma"u8) || plain.SequenceEqual("theorem"u8)
        || plain.SequenceEqual("corollary"u8) || plain.SequenceEqual("plain"u8);

    private static int CommentLength(ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)'%' or (byte)'#')
            return text.IndexOf((byte)'\n') is >= 0 and var line ? line : text.Length;
        return text.StartsWith("/*"u8) ? text[2..].IndexOf("*/"u8) + 4 : 0;
    }
}
