using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ProverCluster.Messages.Languages;

/// <summary>A CNF in DIMACS form whose header tells the truth.</summary>
public sealed record DimacsFormula : GoalDocument
{
    private DimacsFormula(ReadOnlyMemory<byte> text)
        : base(text)
    {
    }

    public override GoalLanguage Language => GoalLanguage.Dimacs;

    public int Variables { get; private init; }

    public int Clauses { get; private init; }

    private bool IsPlain { get; init; }

    public static bool TryRead(
        ReadOnlyMemory<byte> text,
        [NotNullWhen(true)] out DimacsFormula? formula,
        [NotNullWhen(false)] out GoalRejection? rejection)
    {
        formula = null;
        rejection = GoalText.Check(text.Span);
        if (rejection is not null)
            return false;
        var scanner = new DimacsScanner(text.Span);
        while (scanner.MoveNext())
        {
        }

        rejection = scanner.Rejection;
        if (rejection is not null)
            return false;
        formula = new DimacsFormula(text) { Variables = scanner.Variables, Clauses = scanner.Clauses, IsPlain = scanner.IsPlain };
        return true;
    }

    /// <summary>
    /// The text as every prover reads it: one clause to a line and no comment after the header, since provers stumble
    /// there (cryptominisat over a clause of two lines, most over SATLIB's <c>%</c>).
    /// </summary>
    public ReadOnlyMemory<byte> PlainText()
    {
        if (IsPlain)
            return Text;
        var plain = new MemoryStream(Text.Length);
        plain.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"p cnf {Variables} {Clauses}\n")));
        var scanner = new DimacsScanner(Text.Span);
        Span<byte> digits = stackalloc byte[16];
        while (scanner.MoveNext())
        {
            scanner.Literal.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            plain.Write(digits[..length]);
            plain.WriteByte((byte)(scanner.Literal == 0 ? '\n' : ' '));
        }

        return plain.GetBuffer().AsMemory(0, (int)plain.Length);
    }
}
