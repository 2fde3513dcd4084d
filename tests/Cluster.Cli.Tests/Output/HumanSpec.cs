using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Tests.Output;

public sealed class HumanSpec
{
    [Fact]
    public async Task A_goal_should_be_a_line_in_columns_and_the_summary_stand_elsewhere()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => goal.Name.EndsWith("b.smt2") ? Stories.Undecided(goal) : Stories.Proved(goal) } };
        var code = await prove.RunAsync(prove.File("a.smt2"), prove.File("b.smt2"), prove.Path("c.smt2"));
        Assert.Equal(3, code);
        Assert.Equal(
            """
            proved       12.0 ms  z3       a.smt2
            unknown      10.00 s  -        b.smt2: every backend gave up
            rejected           -  -        c.smt2: there is no such file

            """,
            prove.Shown(prove.Output));
        Assert.Matches(@"^3 goals in [0-9.]+ m?s: 1 unknown, 1 proved, 1 rejected$", prove.Sentence);
    }

    [Fact]
    public async Task The_table_of_runs_should_tell_who_won_who_was_preempted_why_and_when_it_was_dead()
    {
        using var prove = new ProveHarness();
        await prove.RunAsync("--runs", prove.File("a.smt2"));
        Assert.Equal(
            """
            proved       12.0 ms  z3       a.smt2
              backend  version  outcome    code  started  verdict   killed     dead     cpu    memory  why
              z3       4.8.12   won           0   0.4 ms  11.4 ms        -  12.1 ms  9.8 ms  28.1 MiB  Unsatisfiable
              cvc5     -        preempted    -5   0.6 ms        -  14.1 ms  14.6 ms       -         -  z3 proved the goal

            """,
            prove.Shown(prove.Output));
    }

    [Fact]
    public async Task Where_a_run_was_should_be_told_where_there_are_several_nodes()
    {
        using var prove = new ProveHarness();
        await prove.RunAsync("--nodes", "2", "--runs", prove.File("a.smt2"));
        Assert.Contains("  backend  version  node  outcome  ", prove.Shown(prove.Output));
        Assert.Contains("  z3       4.8.12   here  won  ", prove.Shown(prove.Output));
    }

    [Fact]
    public async Task Nothing_in_the_table_should_be_cut()
    {
        var detail = string.Join(' ', Enumerable.Repeat("a long reason", 40));
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => With(Stories.Undecided(goal), detail) } };
        await prove.RunAsync("--runs", prove.File("a.smt2"));
        Assert.Contains(detail, prove.Output.ToString());
    }

    [Fact]
    public async Task The_output_of_the_winner_should_be_named_for_what_it_is()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable, "(\n\t(define-fun x () Int 1)\x1b[2J\n)\n") } };
        await prove.RunAsync("--show-output", prove.File("a.smt2"));
        Assert.Equal("refuted      12.0 ms  z3       a.smt2\n  model:\n    (\n    \t(define-fun x () Int 1)\\x1b[2J\n    )\n", prove.Shown(prove.Output));
    }

    [Fact]
    public async Task An_output_that_was_lost_should_be_told_of()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable) with { Output = new ProverOutput.Missing("its node was lost") } } };
        await prove.RunAsync("--show-output", prove.File("a.smt2"));
        Assert.Equal("refuted      12.0 ms  z3       a.smt2\n  its winner's output could not be had: its node was lost\n", prove.Shown(prove.Output));
    }

    [Theory]
    [InlineData("(a b)\n", "core")]
    [InlineData("((set-logic QF_UF) (proof (a)))\n", "proof")]
    public async Task A_core_should_be_told_from_a_proof(string output, string kind)
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Proved, SzsStatus.Unsatisfiable, output) } };
        await prove.RunAsync("--show-output", prove.File("a.smt2"));
        Assert.Contains($"  {kind}:\n", prove.Output.ToString());
    }

    [Fact]
    public async Task Colours_should_be_for_terminals_alone()
    {
        using var terminal = new ProveHarness { IsTerminal = true };
        await terminal.RunAsync(terminal.File("a.smt2"));
        Assert.StartsWith("\x1b[32mproved   \x1b[0m", terminal.Output.ToString());

        using var pipe = new ProveHarness();
        await pipe.RunAsync(pipe.File("a.smt2"));
        Assert.DoesNotContain('\x1b', pipe.Output.ToString());
    }

    [Theory]
    [InlineData("with space 'and' \"quotes\".smt2", "with space 'and' \"quotes\".smt2")]
    [InlineData("line\nbreak.smt2", "line\\nbreak.smt2")]
    [InlineData("\x1b[31mred.smt2", "\\x1b[31mred.smt2")]
    [InlineData("[red]markup[/].smt2", "[red]markup[/].smt2")]
    [InlineData("right\u202eto left.smt2", "right\\u202eto left.smt2")]
    [InlineData("grün-証明-🙂.smt2", "grün-証明-🙂.smt2")]
    public async Task Names_should_be_shown_and_not_obeyed(string name, string shown)
    {
        using var prove = new ProveHarness { IsTerminal = true };
        Assert.Equal(0, await prove.RunAsync(prove.File(name)));
        Assert.EndsWith($"  z3       {shown}\n", prove.Shown(prove.Output));
    }

    [Fact]
    public async Task Words_of_provers_should_be_shown_and_not_obeyed()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => With(Stories.Undecided(goal) with { Reason = "z3: \x1b]0;gone\a\n[bold]" }, "\x9b" + "2J") } };
        await prove.RunAsync("--runs", prove.File("a.smt2"));
        Assert.Contains(": z3: \\x1b]0;gone\\x07\\n[bold]\n", prove.Output.ToString());
        Assert.Contains("\\x9b2J", prove.Output.ToString());
    }

    private static GoalAnswer With(GoalAnswer answer, string detail) => answer with
    {
        Runs = [new RunRow(Stories.Run(answer.Id, "z3"), null, null, RunOutcome.Error, -4, SzsStatus.Unknown, detail, Stories.NoTimes, RunUsage.None, null)],
    };
}
