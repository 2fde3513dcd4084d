namespace ProverCluster.Messages.Languages;

/// <summary>A top-level item of a TPTP file: an annotated formula, or an include directive.</summary>
/// <param name="IsInclude">Which of the two.</param>
/// <param name="Start">The offset of its first byte.</param>
/// <param name="End">The offset after its full stop.</param>
/// <param name="First">Its first argument: the formula's name, or the included file's name, in quotes.</param>
/// <param name="Second">Its second argument: the formula's role, or the include's selection; empty if there is none.</param>
/// <param name="Third">Its third argument: the formula itself; empty if there is none.</param>
public readonly record struct TptpItem(bool IsInclude, int Start, int End, Range First, Range Second, Range Third)
{
    /// <summary>True of cnf, whose formulas are clauses.</summary>
    public bool IsClause(ReadOnlySpan<byte> text) => text[Start..].StartsWith("cnf"u8);

    /// <summary>An atom as written, without quotes where they change nothing: <c>'a1'</c> names what <c>a1</c> names.</summary>
    public static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> atom) =>
        atom.Length >= 2 && atom[0] == '\'' && atom[^1] == '\'' ? atom[1..^1] : atom;
}
