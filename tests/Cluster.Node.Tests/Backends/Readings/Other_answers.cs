using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Answers in SZS words, in DIMACS form and by patterns; what installed provers print is in the transcripts.</summary>
public class Other_answers
{
    private const string Axioms = "fof(a, axiom, p).", Conjecture = "fof(a, axiom, p). fof(c, conjecture, q).";

    private static RunSaying Says(ReadingKind kind, string goal, string stdout, RunEnd? end, string stderr = "", string result = "")
    {
        var language = kind == ReadingKind.Dimacs ? GoalLanguage.Dimacs : GoalLanguage.Tptp;
        Assert.True(GoalReader.TryRead(language, Encoding.UTF8.GetBytes(goal), out var document, out _));
        var rules = new ReadingRules(
            "e", [0, 1, 10, 20], [ReadingRules.WithinLine("formula skipped")], ReadingRules.WholeLine("yes|proved"), ReadingRules.WholeLine("no"));
        var (_, reading) = Reading.Prepare(kind, document, rules, keepOutput: true);
        reading.Stdout(Encoding.UTF8.GetBytes(stdout.Replace("|", "\n")));
        reading.Stderr(Encoding.UTF8.GetBytes(stderr));
        reading.Result(Encoding.UTF8.GetBytes(result));
        Assert.False(reading.IsConclusive);
        return reading.Conclude(end);
    }

    [Theory]
    [InlineData("Theorem", SzsStatus.Theorem, SzsStatus.Unsatisfiable)]
    [InlineData("Unsatisfiable", SzsStatus.Theorem, SzsStatus.Unsatisfiable)]
    [InlineData("ContradictoryAxioms", SzsStatus.ContradictoryAxioms, SzsStatus.Unsatisfiable)]
    [InlineData("CounterSatisfiable", SzsStatus.CounterSatisfiable, SzsStatus.Satisfiable)]
    [InlineData("Satisfiable", SzsStatus.CounterSatisfiable, SzsStatus.Satisfiable)]
    [InlineData("GaveUp", SzsStatus.GaveUp, SzsStatus.GaveUp)]
    [InlineData("Frobnicated", SzsStatus.Unknown, SzsStatus.Unknown)]
    public void A_status_is_normalised_by_the_conjecture(string word, SzsStatus with, SzsStatus without)
    {
        foreach (var line in new[] { $"% SZS status {word} for goal|", $"# SZS status {word}|", $"SZS status  {word}: x" })
        {
            Assert.Equal((with.Verdict(), with), Pair(Says(ReadingKind.Szs, Conjecture, line, Smt.Exit(0))));
            Assert.Equal((without.Verdict(), without), Pair(Says(ReadingKind.Szs, Axioms, line, Smt.Exit(0))));
        }
    }

    [Theory]
    [InlineData("% SZS status Theorem|% SZS status Theorem|")]
    [InlineData("% SZS status Theorem|% SZS status CounterSatisfiable|")]
    [InlineData("% SZS status Theorem|% SZS status GaveUp|")]
    public void A_status_after_a_decisive_one_is_an_error(string lines) =>
        Assert.Equal("a status line after a decisive one", Says(ReadingKind.Szs, Conjecture, lines, Smt.Exit(0)).Fault);

    [Fact]
    public void Strategies_of_a_schedule_may_give_up_first() =>
        Assert.Equal(SzsStatus.Theorem, Says(ReadingKind.Szs, Conjecture, "# SZS status ResourceOut|# SZS status GaveUp|# SZS status Theorem|", Smt.Exit(0)).Szs);

    [Fact]
    public void A_proof_is_kept_and_is_no_place_for_a_status()
    {
        const string proof = "% SZS output start Proof|% SZS status Theorem|step|% SZS output end Proof|";
        Assert.Equal((Verdict.Unknown, SzsStatus.Unknown), Pair(Says(ReadingKind.Szs, Conjecture, proof, Smt.Exit(0))));
        Assert.Equal(proof.Replace("|", "\n"), Says(ReadingKind.Szs, Conjecture, "% SZS status Theorem|" + proof + "after|", Smt.Exit(0)).Output);
    }

    [Fact]
    public void Only_an_end_of_its_own_makes_a_verdict()
    {
        const string line = "% SZS status Theorem|";
        Assert.Equal(Verdict.Unknown, Says(ReadingKind.Szs, Conjecture, line, null).Verdict);
        Assert.Equal("ended by signal 6 (SIGABRT)", Says(ReadingKind.Szs, Conjecture, line, new RunEnd.Signalled(6)).Fault);
        Assert.Equal("exit 3 is not one e accepts", Says(ReadingKind.Szs, Conjecture, line, Smt.Exit(3)).Fault);
    }

    [Fact]
    public void A_prover_that_skipped_a_formula_has_not_answered()
    {
        foreach (var kind in new[] { ReadingKind.Szs, ReadingKind.Patterns })
        {
            var said = Says(kind, Conjecture, "no|# SZS status CounterSatisfiable|", Smt.Exit(0), stderr: "formula skipped near line 3.\n");
            Assert.Equal((Verdict.Unknown, "formula skipped near line 3."), (said.Verdict, said.Malformed));
        }
    }

    [Theory]
    [InlineData("x|yes|", Verdict.Proved, SzsStatus.Theorem, null)]
    [InlineData("proved", Verdict.Proved, SzsStatus.Theorem, null)]
    [InlineData("no|", Verdict.Refuted, SzsStatus.CounterSatisfiable, null)]
    [InlineData("oh yes|yes!|nono|unproved|", Verdict.Unknown, SzsStatus.Unknown, null)]
    [InlineData("yes|yes|", Verdict.Unknown, SzsStatus.Error, "more than one verdict line")]
    [InlineData("yes|no|", Verdict.Unknown, SzsStatus.Error, "more than one verdict line")]
    public void Patterns_match_whole_lines(string lines, Verdict verdict, SzsStatus szs, string? fault)
    {
        var said = Says(ReadingKind.Patterns, Conjecture, lines, Smt.Exit(0));
        Assert.Equal((verdict, szs, fault), (said.Verdict, said.Szs, said.Fault));
    }

    [Fact]
    public void A_pattern_that_would_backtrack_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ReadingRules.WholeLine(@"(a)\1"));
        Assert.ThrowsAny<ArgumentException>(() => ReadingRules.WithinLine("(a"));
        Assert.ThrowsAny<ArgumentException>(() => ReadingRules.WholeLine("a)|(b"));
    }

    [Theory]
    [InlineData("s SATISFIABLE|v 1 0|", 10, Verdict.Refuted, null)]
    [InlineData("v 1 0|s SATISFIABLE|", 0, Verdict.Refuted, null)]
    [InlineData("SATISFIABLE|", 10, Verdict.Refuted, null)]
    [InlineData("c hello|s UNSATISFIABLE|", 20, Verdict.Proved, null)]
    [InlineData("s UNKNOWN|", 0, Verdict.Unknown, null)]
    [InlineData("c s SATISFIABLE|v s SATISFIABLE| SATISFIABLE|", 10, Verdict.Unknown, null)]
    [InlineData("s SATISFIABLE|s SATISFIABLE|", 10, Verdict.Unknown, "more than one status line")]
    [InlineData("s SATISFIABLE|", 20, Verdict.Unknown, "it printed SATISFIABLE and ended with exit 20, which says the opposite")]
    [InlineData("s UNSATISFIABLE|", 10, Verdict.Unknown, "it printed UNSATISFIABLE and ended with exit 10, which says the opposite")]
    [InlineData("s SATISFIABLE|(error, \"unexpected char: x line: 1\")|", 0, Verdict.Unknown, "(error, \"unexpected char: x line: 1\")")]
    [InlineData("", 10, Verdict.Unknown, null)]
    public void A_dimacs_answer_is_one_status_line(string lines, int exit, Verdict verdict, string? fault)
    {
        var said = Says(ReadingKind.Dimacs, "p cnf 1 1\n1 0\n", lines, Smt.Exit(exit));
        Assert.Equal((verdict, fault), (said.Verdict, said.Fault));
    }

    [Fact]
    public void A_dimacs_model_is_in_the_v_lines_or_the_result_file()
    {
        Assert.Equal("v 1\nv 0\n", Says(ReadingKind.Dimacs, "p cnf 1 1\n1 0\n", "c x|v 1|s SATISFIABLE|v 0|", Smt.Exit(10)).Output);
        Assert.Equal("1 0\n", Says(ReadingKind.Dimacs, "p cnf 1 1\n1 0\n", "SATISFIABLE|", Smt.Exit(10), result: "SAT\n1 0\n").Output);
    }

    private static (Verdict, SzsStatus) Pair(RunSaying saying) => (saying.Verdict, saying.Szs);
}
