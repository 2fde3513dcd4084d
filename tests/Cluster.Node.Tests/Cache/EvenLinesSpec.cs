using System.Diagnostics;
using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Cache;

namespace ProverCluster.Node.Tests.Cache;

/// <summary>What is left out of a text, and what is not.</summary>
public sealed class EvenLinesSpec
{
    [Theory]
    [InlineData("(check-sat)\n", "(check-sat)\n")]
    [InlineData("(check-sat)", "(check-sat)\n")]
    [InlineData("(check-sat)  \t\r\n\t\r\r\n  ", "(check-sat)\n\n")]
    [InlineData("  (assert\ta) ; why \r\n(check-sat)\r\n", "  (assert\ta) ; why\n(check-sat)\n")]
    [InlineData("(a\rb)\n", "(a\rb)\n")]
    [InlineData("(echo \"a \r\n b\t\n\") \n", "(echo \"a \r\n b\t\n\")\n")]
    [InlineData("(a |x \r\n \" |  \n|y ; \r\n|) ; | \r\n\" \r\n\"", "(a |x \r\n \" |\n|y ; \r\n|) ; |\n\" \r\n\"\n")]
    [InlineData("(a \"x\"\" \r\n\") \r\n", "(a \"x\"\" \r\n\")\n")]
    [InlineData("", "")]
    public void Of_an_smtlib_script_strings_and_quoted_symbols_should_stay_as_they_are(string text, string even) =>
        Assert.Equal(even, EvenTexts.Even(GoalLanguage.SmtLib2, text));

    [Theory]
    [InlineData("fof(a,axiom,p). \r\n", "fof(a,axiom,p).\n")]
    [InlineData("fof('a \\' %  ',axiom,p). % it's \r\n", "fof('a \\' %  ',axiom,p). % it's\n")]
    [InlineData("fof(a,axiom,\"b  \\\" \"). # \" \t\n/* ' \r\n\t\r\n% */ \n", "fof(a,axiom,\"b  \\\" \"). # \"\n/* '\n\n% */\n")]
    [InlineData("fof(a,axiom,1 = 2/3). \n", "fof(a,axiom,1 = 2/3).\n")]
    public void Of_a_tptp_problem_quoted_atoms_and_objects_should_stay_as_they_are(string text, string even) =>
        Assert.Equal(even, EvenTexts.Even(GoalLanguage.Tptp, text));

    [Theory]
    [InlineData("c \"it's |  \r\np cnf 1 1 \r\n1 0 \t", "c \"it's |\np cnf 1 1\n1 0\n")]
    public void A_dimacs_formula_should_have_no_quotes(string text, string even) => Assert.Equal(even, EvenTexts.Even(GoalLanguage.Dimacs, text));

    /// <summary>Also those that have nothing but what is looked at closely.</summary>
    [Theory]
    [InlineData("\r\n")]
    [InlineData("a \n")]
    [InlineData(" ")]
    [InlineData("\"\"")]
    [InlineData("; \n")]
    [InlineData("(a b)")]
    public void The_longest_text_should_be_read_in_one_pass(string unit)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(unit, 16_000_000 / unit.Length)));
        foreach (var (language, _, _) in GoalLanguages.All)
        {
            var watch = Stopwatch.StartNew();
            var length = 0L;
            foreach (var piece in new EvenLines(language, text))
                length += piece.Length;
            Assert.True(length <= text.Length + 1);
            Assert.True(watch.Elapsed < Busy.Allow(TimeSpan.FromSeconds(20)), $"{language}: {watch.Elapsed}");
        }
    }
}
