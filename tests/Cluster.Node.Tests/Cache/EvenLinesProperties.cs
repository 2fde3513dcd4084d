using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>Of texts that are put together from all that could be mistaken for something else.</summary>
public sealed class EvenLinesProperties
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(40);

    /// <summary>In a quoted name or a string all of it stays.</summary>
    private static readonly string[] Inside = [" ", "\t", "; ", "% ", "/* ", "# ", "c ", "a", "ü"];

    private static readonly string[] Sharp = ["\"", "|", "'", ";", "%", "#", "/", "*", "/*", "*/", "\\", "\"\"", " ", "\t", "\r", "\n", "\r\n", " \n", "(", ")", "a", "c ", "ü"];

    [Fact]
    public void What_is_even_should_stay_as_it_is_whatever_it_is()
    {
        Prop.ForAll(Gen.ListOf(Gen.Elements(Sharp)).Select(string.Concat).ToArbitrary(), text =>
        {
            foreach (var (language, _, _) in GoalLanguages.All)
            {
                var even = EvenTexts.Even(language, text);
                Assert.Equal(even, EvenTexts.Even(language, even));
                Assert.Equal(text.Where(c => c is not (' ' or '\t' or '\r' or '\n')), even.Where(c => c is not (' ' or '\t' or '\r' or '\n')));
            }
        }).Check(Quietly);
    }

    /// <summary>Two spellings of a script that differ in blanks before line ends: outside of quotes they are one goal, and our reader sees the same in both.</summary>
    [Fact]
    public void Scripts_that_differ_in_blanks_outside_of_quotes_should_be_one_goal()
    {
        Prop.ForAll(Lines(SmtLines).ToArbitrary(), Gen.ListOf(Gen.Elements(" ", "\t", "\r", "  \t")).Select(string.Concat).ToArbitrary(), (lines, blanks) =>
        {
            // A carriage return in a comment is refused, unless it is before the line's end.
            var (plain, uneven) = (Script(lines, "\n"), Script(lines, blanks.Replace("\r", "") + "\r\n"));
            Assert.Equal(EvenTexts.Key(GoalLanguage.SmtLib2, plain), EvenTexts.Key(GoalLanguage.SmtLib2, uneven));
            var (one, other) = ((SmtLibScript)EvenTexts.Read(GoalLanguage.SmtLib2, plain), (SmtLibScript)EvenTexts.Read(GoalLanguage.SmtLib2, uneven));
            Assert.Equal(Tokens(one), Tokens(other));
            Assert.Equal(one.OnlyHarmlessFollows, other.OnlyHarmlessFollows);
        }).Check(Quietly);
    }

    [Fact]
    public void Problems_that_differ_in_blanks_outside_of_quotes_should_be_one_goal()
    {
        Prop.ForAll(Lines(TptpLines).ToArbitrary(), Gen.ListOf(Gen.Elements(" ", "\t", "\r")).Select(string.Concat).ToArbitrary(), (lines, blanks) =>
        {
            var (plain, uneven) = (string.Join('\n', lines.Append("fof(z, axiom, p).\n")), string.Join(blanks.Replace("\r", "") + "\r\n", lines.Append("fof(z, axiom, p).")));
            Assert.Equal(EvenTexts.Key(GoalLanguage.Tptp, plain), EvenTexts.Key(GoalLanguage.Tptp, uneven));
            var (one, other) = ((TptpProblem)EvenTexts.Read(GoalLanguage.Tptp, plain), (TptpProblem)EvenTexts.Read(GoalLanguage.Tptp, uneven));
            Assert.Equal((one.HasConjecture, one.HasInterpretedTerms, one.UncommonWord), (other.HasConjecture, other.HasInterpretedTerms, other.UncommonWord));
        }).Check(Quietly);
    }

    /// <summary>A blank more in a quoted name is another name.</summary>
    [Fact]
    public void Goals_that_differ_within_quotes_should_be_two()
    {
        var insides = Gen.ListOf(Gen.Elements(Inside)).Select(string.Concat);
        Prop.ForAll(insides.ToArbitrary(), insides.ToArbitrary(), Gen.Elements(" ", "\t", "\r\n", "\n").ToArbitrary(), (before, after, more) =>
        {
            var (one, other) = (before + after, before + more + after);
            if (one == other)
                return;
            foreach (var quote in "\"|")
                Assert.NotEqual(EvenTexts.Key(GoalLanguage.SmtLib2, Quoted(quote, one)), EvenTexts.Key(GoalLanguage.SmtLib2, Quoted(quote, other)));
            if (!more.Contains('\n'))
                Assert.NotEqual(EvenTexts.Key(GoalLanguage.Tptp, $"fof('{one}', axiom, p).\n"), EvenTexts.Key(GoalLanguage.Tptp, $"fof('{other}', axiom, p).\n"));
        }).Check(Quietly);
    }

    private static readonly string[] SmtLines =
    [
        "(set-info :source |it's  \r\n \"so\" ; here \n|)", "(echo \"a | b \r\n;  \n\")", "; a comment with \" and |", "(declare-const |p ; | Bool)", "", "(assert (= 1\n1))", "(assert (= \"\"\"\" \"x \r\n\"))",
    ];

    private static readonly string[] TptpLines =
    [
        "fof('it\\'s % ', axiom, p).", "% it's \"", "# |'", "/* ' \n\" */", "", "fof(a, axiom, \"b  \" = \"c /* \").", "fof(a, axiom, (p &\nq)).", "tff(b, axiom, $less(1/2, 2)).",
    ];

    private static Gen<IList<string>> Lines(string[] lines) => Gen.ListOf(Gen.Elements(lines)).Select(list => (IList<string>)[.. list]);

    /// <summary>Ends between lines are as they are said to be; what is in a line stays.</summary>
    private static string Script(IEnumerable<string> lines, string end) => string.Join(end, lines.Append("(check-sat)"));

    private static string Quoted(char quote, string inside) => $"(set-info :source {quote}{inside}{quote})\n(check-sat)\n";

    private static IEnumerable<string> Tokens(SmtLibScript script)
    {
        var tokens = new List<string>();
        foreach (var command in script.Commands)
        {
            foreach (var token in new SmtLibTokens(script.Text.Span[command.Start..command.End]))
                tokens.Add(System.Text.Encoding.UTF8.GetString(token));
        }

        return tokens;
    }
}
