using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Corpus;

/// <summary>
/// Small goals of our own at the edges of the languages, where provers read differently. Whoever answers alone answers
/// right, or not at all; and the race knows the answer.
/// </summary>
public class Sharp_goals(Sharp_goals.Node node) : IClassFixture<Sharp_goals.Node>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    [RequiresTheory("z3", "cvc5")]
    [InlineData(true, "(push 1)(declare-const p Bool)(assert p)(assert (not p))(check-sat)(pop 1)")]
    [InlineData(false, "(declare-const p Bool)(push)(assert (not p))(pop)(assert p)(check-sat)")]
    [InlineData(true, "(declare-const p Bool)(assert p)(check-sat-assuming ((not p)))")]
    [InlineData(true, "(set-option :produce-unsat-cores true)(set-logic QF_UF)(declare-const p Bool)(assert (! p :named a))(assert (! (not p) :named b))(check-sat)(get-unsat-core)")]
    [InlineData(false, "(set-option :produce-models true)(set-logic QF_LIA)(declare-const x Int)(assert (> x 3))(check-sat)(get-model)(get-value (x))(exit)")]
    [InlineData(true, "(declare-datatypes ((L 0)) (((nil) (cons (hd Int) (tl L)))))(declare-const l L)(assert (= l (cons 1 l)))(check-sat)")]
    [InlineData(true, "(define-fun-rec f ((n Int)) Int (ite (<= n 0) 0 (+ 1 (f (- n 1)))))(assert (= (f 2) 3))(check-sat)")]
    [InlineData(true, "(set-logic QF_UF)\r\n(declare-const |a ) ; b| Bool) ; (not ) balanced (\r\n(assert |a ) ; b|)\r\n(assert (not |a ) ; b|))\r\n(check-sat)\r\n")]
    [InlineData(false, "(set-info :source |a\nb (check-sat) \" |)(declare-const x (_ BitVec 8))(assert (= x #xfF))(assert (not (= x #b00000000)))(check-sat)")]
    [InlineData(true, "(declare-const x Real)(assert (= (* 2.0 x) 1.50))(assert (not (= x 0.75)))(check-sat)")]
    [InlineData(true, "(declare-const s String)(assert (= s \"a\"\"b;(\"))(assert (not (= (str.len s) 5)))(check-sat)")]
    [InlineData(true, "(declare-const s String)(assert (str.contains s \"ab\"))(assert (= (str.replace s \"ab\" \"\") s))(check-sat)")]
    [InlineData(false, "(declare-const p Bool)(define-fun q ((x Bool)) Bool (let ((y x) (z p)) (and y z)))(assert (q true))(check-sat)")]
    public Task An_smtlib_goal(bool proved, string text) => DecideAsync(GoalLanguage.SmtLib2, proved, text);

    [RequiresTheory("eprover", "SPASS", "cvc5")]
    [InlineData(true, "fof(a, axiom, 'p'(a)). fof(c, conjecture, p('a')).")]
    [InlineData(true, "fof(a, plain, p(a)). fof(c, question, ? [X] : p(X)).")]
    [InlineData(true, "fof(a, corollary, p(a)). fof(c, negated_conjecture, ~ p(a)).")]
    [InlineData(true, "fof(c, conjecture, 1 != 2).")]
    [InlineData(true, "fof(c, conjecture, \"one\" != \"two\").")]
    [InlineData(true, "fof(a, axiom, $distinct(a, b)). fof(c, conjecture, a != b).")]
    [InlineData(true, "fof(a, axiom, p & ~ p). fof(c, conjecture, q).")]
    [InlineData(true, "cnf(a, axiom, (p(X) | ~ q(X))). # a comment of E's\ncnf(b, axiom, q(a)). /* ). */ cnf(c, negated_conjecture, ~ p(a)).")]
    [InlineData(true, "tff(t, type, s: $tType). tff(f, type, f: s > s). tff(c, conjecture, ! [X: s] : ? [Y: s] : f(X) = Y).")]
    [InlineData(true, "tff(c, conjecture, ! [X: $int] : $less(X, $sum(X, 1))).")]
    [InlineData(false, "fof(a, axiom, equal(a, b)). fof(c, conjecture, a = b).")]
    [InlineData(false, "fof(a, axiom, p). fof(c, conjecture-local, q).")]
    [InlineData(false, "cnf(a, axiom, p(X) | ~ p(X)). cnf(b, axiom, q).")]
    public Task A_tptp_goal(bool proved, string text) => DecideAsync(GoalLanguage.Tptp, proved, text);

    /// <summary>E takes $ite for a name like others and finds a model; nobody here knows better.</summary>
    [RequiresFact("eprover", "SPASS")]
    public Task A_word_that_nobody_knows_gives_nobody_a_model() => DecideAsync(GoalLanguage.Tptp, null, "tff(c, conjecture, ($ite(p, q, q) => q)).");

    [RequiresTheory("cadical", "minisat", "picosat", "cryptominisat5", "z3")]
    [InlineData(false, "c first\np cnf 3 2\nc between\n1 -2\n0 2\nc within\n 0\n")]
    [InlineData(true, "p cnf 1 2\n1 0 -1 0")]
    [InlineData(true, "p cnf 3 1\n0\n")]
    [InlineData(false, "p cnf 5 0\n")]
    [InlineData(false, "p  cnf\t2  2 \r\n1 2 0\r\n-1 0\r\n%\r\n0\r\n")]
    [InlineData(false, "p cnf 2 2\n1 1 -1 0\n2 2 0\n")]
    public Task A_dimacs_goal(bool proved, string text) => DecideAsync(GoalLanguage.Dimacs, proved, text);

    private async Task DecideAsync(GoalLanguage language, bool? proved, string text)
    {
        Assert.True(GoalReader.TryRead(language, Encoding.UTF8.GetBytes(text), out var goal, out var rejection), rejection?.ToString());
        var right = proved switch { true => Verdict.Proved, false => Verdict.Refuted, null => Verdict.Unknown };
        foreach (var backend in Racing.Backends(language))
        {
            var alone = await node.Racing.RaceAsync("sharp", goal, Timeout, backend);
            Assert.True(alone.Verdict == right || !alone.Verdict.IsDecisive(), $"{backend}: {alone.Verdict}");
        }

        var answer = await node.Racing.RaceAsync("sharp", goal, Timeout * 4);
        Assert.True(answer.Verdict == right, $"{answer.Verdict}: {answer.Reason}");
    }

    /// <summary>One node for all of them: its start takes longer than most of their races.</summary>
    public sealed class Node : IAsyncLifetime
    {
        internal Racing Racing { get; private set; } = null!;

        public async Task InitializeAsync() => Racing = await Racing.StartAsync();

        public async Task DisposeAsync() => await Racing.DisposeAsync();
    }
}
