using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Tests.Output;

public sealed class SolverSpec
{
    [Theory]
    [InlineData("a.smt2", Verdict.Proved, SzsStatus.Unsatisfiable, "unsat")]
    [InlineData("a.smt2", Verdict.Refuted, SzsStatus.Satisfiable, "sat")]
    [InlineData("a.p", Verdict.Proved, SzsStatus.Theorem, "% SZS status Theorem for a")]
    [InlineData("a.p", Verdict.Refuted, SzsStatus.CounterSatisfiable, "% SZS status CounterSatisfiable for a")]
    [InlineData("a.cnf", Verdict.Proved, SzsStatus.Unsatisfiable, "s UNSATISFIABLE")]
    [InlineData("a.cnf", Verdict.Refuted, SzsStatus.Satisfiable, "s SATISFIABLE")]
    public async Task A_verdict_should_be_said_as_a_prover_says_it(string file, Verdict verdict, SzsStatus szs, string line)
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, verdict, szs) } };
        await prove.RunAsync("--format", "solver", prove.File(file, Text(file)));
        Assert.Equal(line + "\n", prove.Output.ToString());
        Assert.Empty(prove.Sentence);
    }

    [Theory]
    [InlineData("a.smt2", "unknown")]
    [InlineData("a.p", "% SZS status Unknown for a")]
    [InlineData("a.cnf", "s UNKNOWN")]
    public async Task No_verdict_should_be_said_too(string file, string line)
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = Stories.Undecided } };
        Assert.Equal(2, await prove.RunAsync("--format", "solver", prove.File(file, Text(file))));
        Assert.Equal(line + "\n", prove.Output.ToString());
    }

    [Theory]
    [InlineData("a.smt2", "unknown")]
    [InlineData("a.p", "% SZS status InputError for a")]
    [InlineData("a.cnf", "s UNKNOWN")]
    public async Task The_reason_of_a_rejection_should_stand_on_standard_error(string file, string line)
    {
        using var prove = new ProveHarness();
        Assert.Equal(3, await prove.RunAsync("--format", "solver", prove.Path(file)));
        Assert.Equal(line + "\n", prove.Output.ToString());
        Assert.Equal($"prove: {prove.Path(file)}: there is no such file", prove.Sentence);
    }

    [Fact]
    public async Task A_verdict_should_be_said_when_the_goal_is_decided_and_not_when_it_is_settled()
    {
        using var prove = new ProveHarness();
        prove.Races.Hold("a.smt2");
        var run = prove.RunAsync("--format", "solver", prove.File("a.smt2"));
        for (var i = 0; i < 1000 && prove.Lines.Length == 0; i++) await Task.Delay(5);
        Assert.Equal(["unsat"], prove.Lines);
        prove.Races.Release("a.smt2");
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task An_output_that_was_lost_should_be_told_of_in_a_comment()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable) with { Output = new ProverOutput.Missing("its node was lost") } } };
        await prove.RunAsync("--format", "solver", "--show-output", prove.File("a.cnf", ProveHarness.Cnf));
        Assert.Equal("s SATISFIABLE\nc its winner's output could not be had: its node was lost\n", prove.Output.ToString());
    }

    [Fact]
    public async Task A_model_should_follow_its_verdict_when_asked_for()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable, "v 1 -2 0") } };
        await prove.RunAsync("--format", "solver", "--show-output", prove.File("a.cnf", ProveHarness.Cnf));
        Assert.Equal("s SATISFIABLE\nv 1 -2 0\n", prove.Output.ToString());
    }

    [Theory]
    [InlineData("v 1 -2 ", "v 1 -2 0\n")]
    [InlineData("1 -2 0", "v 1 -2 0\n")]
    [InlineData("v 1 -2\nv 3 0\n", "v 1 -2 3 0\n")]
    [InlineData("", "v 0\n")]
    [InlineData("c not a model", "c not a model")]
    public void A_propositional_model_should_be_written_as_SAT_solvers_are_asked_to(string printed, string lines) =>
        Assert.Equal(lines, ProverCluster.Messages.Languages.DimacsModel.Lines(printed));

    [Fact]
    public void A_long_model_should_be_wrapped()
    {
        var lines = ProverCluster.Messages.Languages.DimacsModel.Lines("v " + string.Join(' ', Enumerable.Range(1, 1000))).TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.True(line.StartsWith("v ") && line.Length <= 78));
        Assert.Equal(1000, lines.Sum(line => line.Split(' ').Length - 1) - 1);
    }

    private static string Text(string file) => Path.GetExtension(file) switch
    {
        ".p" => ProveHarness.Tptp,
        ".cnf" => ProveHarness.Cnf,
        _ => ProveHarness.Smt,
    };
}
