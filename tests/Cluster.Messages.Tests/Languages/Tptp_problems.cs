using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

public class Tptp_problems
{
    [Theory]
    [InlineData("% nothing\n", "no formula: there is nothing to decide")]
    [InlineData("fof(a, axiom, p", "line 1, column 4: a parenthesis that is never closed")]
    [InlineData("fof(a, axiom, (p).", "line 1, column 4: a parenthesis that is never closed")]
    [InlineData("fof(a, axiom, p)", "line 1, column 17: expected the full stop that ends a formula")]
    [InlineData("fof(a, axiom, p)) .", "line 1, column 17: expected the full stop that ends a formula")]
    [InlineData("fof(a, axiom, [p)).", "line 1, column 17: brackets that do not match")]
    [InlineData("fof(a, axiom, p]).", "line 1, column 16: brackets that do not match")]
    [InlineData("fof(a, axiom, p('x)).", "line 1, column 17: a quote that is not closed on its line")]
    [InlineData("fof('a\n', axiom, p).", "line 1, column 5: a quote that is not closed on its line")]
    [InlineData("/* fof(a, axiom, p).", "line 1, column 1: a comment that is never closed")]
    [InlineData("/*/ fof(a, axiom, $false). /*/ fof(a, axiom, p).", "line 1, column 1: /*/, which is all of a comment to E and the beginning of one to others")]
    [InlineData("formula(a, axiom, p).", "line 1, column 1: expected cnf, fof, tff, thf, tcf, tpi or include")]
    [InlineData("fof a", "line 1, column 5: expected an opening parenthesis")]
    [InlineData("fof(a, axiom, p # ).\n", "line 1, column 4: a parenthesis that is never closed")]
    [InlineData("% a\rfof(a, axiom, p).\n", "line 1, column 1: a carriage return in a comment: provers differ about where the comment ends")]
    [InlineData("include('/etc/passwd').", "line 1, column 1: include of '/etc/passwd': includes are resolved by the client; a text that came without its files cannot have any")]
    public void What_is_no_goal_is_refused_in_a_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Texts.Rejection(GoalLanguage.Tptp, Texts.Bytes(text)));

    [Theory]
    [InlineData("cnf(a, axiom, p | ~q).", false)]
    [InlineData("cnf(a, negated_conjecture, p | ~q).", false)]
    [InlineData("fof(a, axiom, p). fof(b, conjecture, p).", true)]
    [InlineData("tff(b, conjecture-lemma, p).", true)]
    [InlineData("fof(b, question, ? [X] : p(X)).", true)]
    [InlineData("fof(conjecture, axiom, conjecture, conjecture(conjecture)).", false)]
    [InlineData("% fof(b, conjecture, p).\nfof(a, axiom, p). /* fof(b, conjecture, p). */", false)]
    [InlineData("fof('a, conjecture, b', axiom, p('), (', \"x,\\\"y\")).", false)]
    [InlineData("fof(f(a, conjecture), axiom, p).", false)]
    [InlineData("  thf(a,\n  conjecture ,\n  ( ^ [X: $i] : ( [p, {q}] / 3.5 ) ), file('x', y), [z]) \n . % end", true)]
    public void A_conjecture_is_known_by_its_role(string text, bool conjecture) => Assert.Equal(conjecture, Texts.Problem(text).HasConjecture);

    [Fact]
    public void Hash_comments_become_percent_comments_for_provers()
    {
        const string text = "# one\n  # two\nfof(a, # three\naxiom, p('#')). % #\n/* # */";
        var problem = Texts.Problem(text);
        Assert.Equal("% one\n  % two\nfof(a, % three\naxiom, p('#')). % #\n/* # */", Texts.String(problem.PlainText()));
        Assert.Equal(text, Texts.String(problem.Text));
    }

    [Fact]
    public void Many_hashes_on_one_line_cost_no_more_than_others()
    {
        var problem = Texts.Problem("fof(a, axiom, p('" + new string('#', 5_000_000) + "')).");
        Assert.Equal(problem.Text.Length, problem.PlainText().Length);
    }
}
