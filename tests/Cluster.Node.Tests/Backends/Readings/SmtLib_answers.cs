using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Hostile and broken answers that no installed prover gives on demand; the others are transcripts.</summary>
public class SmtLib_answers
{
    private const string Plain = "(declare-const x Int)\n(assert (< x 3))\n(check-sat)\n(get-model)\n";

    [Theory]
    [InlineData("sat", Verdict.Refuted, SzsStatus.Satisfiable)]
    [InlineData("unsat", Verdict.Proved, SzsStatus.Unsatisfiable)]
    [InlineData("unknown", Verdict.Unknown, SzsStatus.GaveUp)]
    public void A_line_between_the_marks_is_the_verdict(string line, Verdict verdict, SzsStatus szs)
    {
        var said = new Smt(Plain).Prints("#1", line, "#2").Says(Smt.Exit(0));
        Assert.Equal((verdict, szs, null), (said.Verdict, said.Szs, said.Fault));
    }

    [Theory]
    [InlineData("sat")]
    [InlineData("#1|sat")]
    [InlineData("sat|#1|#2|sat")]
    [InlineData("#1|#2|unsat")]
    [InlineData("#1| sat|#2")]
    [InlineData("#1|sat |#2")]
    [InlineData("#1|SAT|#2")]
    [InlineData("#1|unsat!|#2")]
    [InlineData("#1|xsat|#2")]
    public void A_line_elsewhere_or_not_quite_so_is_none(string lines) =>
        Assert.Equal("Unknown Unknown", new Smt(Plain).Prints(lines.Split('|')).Words(Smt.Exit(0)));

    [Theory]
    [InlineData("#1|sat|sat|#2", "more than one verdict line")]
    [InlineData("#1|sat|unsat|#2", "more than one verdict line")]
    [InlineData("#1|unknown|unsat|#2", "more than one verdict line")]
    [InlineData("#2|sat|#2", "the marks did not come in order")]
    [InlineData("#1|#1|sat|#2", "the marks did not come in order")]
    [InlineData("#1|sat|#2|#1|unsat|#2", "the marks did not come in order")]
    public void Disorder_is_an_error(string lines, string fault) =>
        Assert.Equal(fault, new Smt(Plain + "(push 1)").Prints(lines.Split('|')).Says(Smt.Exit(0)).Fault);

    [Fact]
    public void Marks_may_come_in_quotes_and_with_carriage_returns() =>
        Assert.Equal("Proved Unsatisfiable", new Smt(Plain).Prints("\"#1\"\r", "unsat\r", "\"#2\"\r").Words(Smt.Exit(0)));

    [Fact]
    public void It_is_conclusive_after_the_second_mark_only()
    {
        var answer = new Smt(Plain);
        Assert.False(answer.Prints("#1").IsConclusive);
        Assert.False(answer.Prints("unsat").IsConclusive);
        Assert.Equal("Unknown Unknown", answer.Words(null));
        Assert.True(answer.Prints("#2").IsConclusive);
        Assert.Equal("Proved Unsatisfiable", answer.Words(null));
    }

    [Fact]
    public void It_is_not_conclusive_while_a_command_that_matters_is_to_come()
    {
        var answer = new Smt("(check-sat)(assert false)").Prints("#0", "sat", "#1");
        Assert.False(answer.IsConclusive);
        Assert.Equal("Unknown Unknown", answer.Words(null));
        Assert.Equal("Refuted Satisfiable", answer.Words(Smt.Exit(0)));
    }

    [Fact]
    public void What_was_said_once_is_not_taken_back_by_a_crash_on_the_way_to_the_model()
    {
        var answer = new Smt(Plain).Prints("#1", "unsat", "#2");
        Assert.Equal("Proved Unsatisfiable", answer.Words(null));
        answer.Complains("(error \"out of memory\")");
        Assert.Equal("Proved Unsatisfiable", answer.Words(new RunEnd.Signalled(11)));
    }

    [Fact]
    public void A_crash_before_the_second_mark_is_one() =>
        Assert.Equal("Unknown Error: ended by signal 11 (SIGSEGV)", new Smt(Plain).Prints("#1", "unsat").Words(new RunEnd.Signalled(11)));

    [Fact]
    public void An_exit_that_is_not_accepted_is_an_error() =>
        Assert.Equal("Unknown Error: exit 134 is not one z3 accepts", new Smt(Plain).Prints("#1").Words(Smt.Exit(134)));

    [Fact]
    public void A_run_that_never_was_says_nothing()
    {
        Assert.Equal(RunSaying.Nothing, new Smt(Plain).Says(new RunEnd.NeverStarted(NoStart.Unavailable, "")));
        Assert.Equal(RunSaying.Nothing, new Smt(Plain).Says(new RunEnd.Lost("")));
    }

    [Fact]
    public void A_model_is_kept_without_marks()
    {
        var said = new Smt(Plain + "(push 1)").Prints("#1", "sat", "#2", "(model", ")", "#3", "end").Says(Smt.Exit(0));
        Assert.Equal("(model\n)\nend\n", said.Output);
    }

    [Fact]
    public void A_model_of_100_MB_is_cut_and_the_verdict_stands()
    {
        var answer = new Smt(Plain).Prints("#1", "sat", "#2");
        var megabyte = new byte[1 << 20];
        megabyte.AsSpan().Fill((byte)'m');
        for (var count = 0; count < 100; count++)
            answer.PrintsBytes(megabyte);
        var said = answer.Says(Smt.Exit(0));
        Assert.Equal(Verdict.Refuted, said.Verdict);
        Assert.EndsWith("m\n(cut at 64 MiB)\n", said.Output!.Words);
        Assert.InRange(said.Output!.Words!.Length, 64 << 20, (64 << 20) + 100);
    }
}
