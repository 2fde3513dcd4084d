using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

/// <summary>What must hold of any text at all. With PROVER_CLUSTER_STRESS=1 many more are tried.</summary>
public class Reader_properties
{
    private static readonly string[] Pieces =
    [
        "(", ")", "((", "))", "\"", "\"\"", "|", "\\|", ";", "#|", "#b01", "\n", "\r", "\r\n", " ", "\t", "é", "\0", "x", "check-sat", "(check-sat)", "(assert a)",
        "(exit)", "(include \"f\")", "(get-model)", "(set-option :a b)", "(push 1)", "(declare-const |a b| Int)", "(echo \"(\")", "; note\n",
        "fof(a,axiom,p).", "cnf(", "include('a').", "'", "/*", "*/", "%", "[", "]", "{", "}", ",", ".", "conjecture",
        "p cnf 2 1\n", "1 ", "-2 ", "0\n", "c why\n", "99999999999", "%\n0\n",
    ];

    private static readonly Gen<string> AnyText = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    private static readonly Gen<string> Commands =
        Gen.Elements(Pieces.Where(piece => piece.StartsWith('(') && piece.EndsWith(')') && !piece.Contains("check") && !piece.Contains("exit") && !piece.Contains("include") && piece.Length > 2).Append("; note\n").Append("\r\n").Append(" ").ToArray())
            .ListOf().Select(pieces => string.Concat(pieces));

    private static Config Config => PropertyConfig.For(tests: 2_000, stress: 200_000);

    [Fact]
    public void No_text_breaks_a_reader() => Prop.ForAll(AnyText.ToArbitrary(), text =>
    {
        foreach (var language in Enum.GetValues<GoalLanguage>())
        {
            var read = GoalReader.TryRead(language, Texts.Bytes(text), out var document, out var rejection);
            Assert.Equal(read, rejection is null);
            Assert.Equal(read, document is not null);
        }
    }).Check(Config);

    [Fact]
    public void No_bytes_break_a_reader() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        foreach (var language in Enum.GetValues<GoalLanguage>())
            GoalReader.TryRead(language, bytes, out _, out _);
    }).Check(Config);

    [Fact]
    public void A_marked_copy_moves_no_line_and_is_a_script_itself() => Prop.ForAll(Commands.Zip(Commands).ToArbitrary(), sides =>
    {
        var script = Texts.Script(sides.Item1 + "(check-sat)" + sides.Item2);
        var copy = script.MarkedCopy("0123456789abcdef");
        SmtLib_marked_copies.AssertPlaces(copy);

        var again = Texts.Script(Texts.String(copy.Text));
        Assert.Equal(script.OnlyHarmlessFollows, again.OnlyHarmlessFollows);
        Assert.Equal(Kinds(script), Kinds(again).Where((_, index) => !IsMark(again, index)));
    }).Check(Config);

    [Fact]
    public void A_formula_read_from_its_plain_text_is_the_same() => Prop.ForAll(
        Gen.Choose(-5, 5).ListOf().Zip(Gen.Elements(" ", "\n", "\nc why\n", "\t", "\r\n").ListOf()).ToArbitrary(), drawn =>
    {
        var (literals, blanks) = (drawn.Item1.Append(0).ToArray(), drawn.Item2.Append(" ").ToArray());
        var text = $"p cnf 5 {literals.Count(literal => literal == 0)}\n" + string.Concat(literals.Select((literal, index) => literal + blanks[index % blanks.Length]));
        var formula = Texts.Formula(text);
        var plain = Texts.Formula(Texts.String(formula.PlainText()));
        Assert.Equal((formula.Variables, formula.Clauses), (plain.Variables, plain.Clauses));
        Assert.Equal(Texts.String(formula.PlainText()), Texts.String(plain.PlainText()));
    }).Check(Config);

    private static List<SmtLibCommandKind> Kinds(SmtLibScript script)
    {
        var kinds = new List<SmtLibCommandKind>();
        foreach (var command in script.Commands)
            kinds.Add(command.Kind);
        return kinds;
    }

    private static bool IsMark(SmtLibScript script, int index)
    {
        var at = 0;
        foreach (var command in script.Commands)
        {
            if (at++ == index)
                return Texts.String(script.Text[command.Start..command.End]).StartsWith("(echo \"0123456789abcdef-");
        }

        return false;
    }
}
