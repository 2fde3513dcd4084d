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
    [InlineData("fof(a, axiom, p). fof(b, conjecture, p).\nfof(c, conjecture, p).",
        "line 2, column 1: a second conjecture: TPTP wants all of them proved, and provers stop at one; join them with & or make a goal of each")]
    [InlineData("cnf(a, conjecture, p).",
        "line 1, column 1: a conjecture in cnf, which provers read differently: a clause has the role negated_conjecture, or the conjecture is written in fof")]
    [InlineData("fof(a, unknown, p).", "line 1, column 1: the role 'unknown' is not one that says what the formula is to the problem")]
    [InlineData("fof(a, type, p).", "line 1, column 1: the role type is for tff, thf and tcf")]
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

    [Theory]
    [InlineData("fof(a, plain, p).", "fof(a, axiom, p).")]
    [InlineData("cnf(a, corollary, p).", "cnf(a, axiom, p).")]
    [InlineData("fof(a, question, p).", "fof(a, conjecture, p).")]
    [InlineData("fof(a,conjecture - local , p).", "fof(a,conjecture , p).")]
    [InlineData("fof(a, % one\n axiom /* two */, p).", "fof(a, axiom, p).")]
    [InlineData("fof(a, % one\n axiom, p).", "fof(a, % one\n axiom, p).")]
    [InlineData("fof(a, negated_conjecture, p).", "fof(a, axiom, p).")]
    [InlineData("cnf(a, negated_conjecture, p).", "cnf(a, negated_conjecture, p).")]
    [InlineData("fof(a, lemma, p).\nfof(b, plain, p).\nfof(c, hypothesis, p).", "fof(a, lemma, p).\nfof(b, axiom, p).\nfof(c, hypothesis, p).")]
    public void Roles_that_some_prover_skips_become_those_that_all_know(string text, string plain) =>
        Assert.Equal(plain, Texts.String(Texts.Problem(text).PlainText()));

    [Theory]
    [InlineData("fof(a, axiom, 'p'('a1', 'B', 'a b', '')).", "fof(a, axiom,  p ( a1 , 'B', 'a b', '')).")]
    [InlineData("fof('a', axiom, p('it\\'s') & 'q'). % 'p'", "fof('a', axiom, p('it\\'s') &  q ). % 'p'")]
    [InlineData("fof(a, axiom, 'fof'('include', 'includes')).", "fof(a, axiom, 'fof'('include',  includes )).")]
    [InlineData("fof(a, axiom, p(\"'a'\") /* 'b' */ | % 'c'\n 'd').", "fof(a, axiom, p(\"'a'\") /* 'b' */ | % 'c'\n  d ).")]
    public void Quotes_that_change_nothing_become_spaces(string text, string plain) =>
        Assert.Equal(plain, Texts.String(Texts.Problem(text).PlainText()));

    [Theory]
    [InlineData("fof(1, axiom, p(x1, X2_3, 'a1') | $true | $false, file('a', 1), [2]).", false, null)]
    [InlineData("fof(a, axiom, p(1)).", true, null)]
    [InlineData("fof(a, axiom, p(-1.5)).", true, null)]
    [InlineData("fof(a, axiom, p(\"a\")).", true, null)]
    [InlineData("fof(a, axiom, $distinct(a, b)).", true, null)]
    [InlineData("tff(a, type, a: $i).", true, null)]
    [InlineData("tff(a, axiom, $ite(p, q, r)).", true, "$ite")]
    [InlineData("fof(a, axiom, $true | $$foo(a)).", true, "$")]
    [InlineData("fof(a, axiom, p /* 1 $x */ | '$y' % 2 \"\n).", false, null)]
    public void What_not_every_prover_gives_its_meaning_is_known(string text, bool interpreted, string? uncommon)
    {
        var problem = Texts.Problem(text);
        Assert.Equal((interpreted, uncommon), (problem.HasInterpretedTerms, problem.UncommonWord));
    }

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
