using System.Text.Json;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Tests.Output;

public sealed class JsonSpec
{
    [Fact]
    public async Task A_goal_should_be_one_object_on_one_line_with_its_members_in_this_order()
    {
        using var prove = new ProveHarness();
        Assert.Equal(0, await prove.RunAsync("--json", prove.File("a.smt2")));
        var goal = Assert.Single(prove.Races.Goals);
        Assert.Equal(
            """
            {"goal":"a.smt2","verdict":"proved","szs":"Unsatisfiable","winner":"z3","decidedMs":12.0,"settledMs":14.6,"reason":null,"runs":[
            {"run":"GOAL/1/z3/1","backend":"z3","version":"4.8.12","node":"here","outcome":"won","code":0,"szs":"Unsatisfiable","queuedMs":0.1,"startedMs":0.4,"verdictMs":11.4,"endedMs":12.0,"reapedMs":12.1,"cpuMs":9.8,"peakRssMiB":28.1,"preempt":null},
            {"run":"GOAL/1/cvc5/1","backend":"cvc5","version":null,"node":"here","outcome":"preempted","code":-5,"szs":null,"queuedMs":0.1,"startedMs":0.623,"verdictMs":null,"endedMs":14.5,"reapedMs":14.6,"cpuMs":null,"peakRssMiB":null,"preempt":{"reason":"z3 proved the goal","requestedMs":12.0,"killedMs":14.1}}]}
            """.Replace("\n", "") + "\n",
            prove.Shown(prove.Output).Replace(goal.Id.Value, "GOAL"));
        Assert.Empty(prove.Sentence);
    }

    [Fact]
    public async Task A_rejected_goal_should_have_all_members_too()
    {
        using var prove = new ProveHarness();
        Assert.Equal(3, await prove.RunAsync("--json", prove.Path("a.smt2")));
        Assert.Equal(
            """{"goal":"a.smt2","verdict":"rejected","szs":null,"winner":null,"decidedMs":null,"settledMs":0.0,"reason":"there is no such file","runs":[]}""" + "\n",
            prove.Shown(prove.Output));
    }

    [Fact]
    public async Task An_output_that_was_lost_should_be_told_of()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable) with { Output = new ProverOutput.Missing("its node was lost") } } };
        await prove.RunAsync("--json", "--show-output", prove.File("a.smt2"));
        Assert.EndsWith(""","model":null,"core":null,"proof":null,"outputMissing":"its winner's output could not be had: its node was lost"}""" + "\n", prove.Output.ToString());
    }

    [Fact]
    public async Task A_model_should_come_last_and_only_when_asked_for()
    {
        using var prove = new ProveHarness { Races = new FakeRaces { Answer = goal => Stories.Decided(goal, Verdict.Refuted, SzsStatus.Satisfiable, "(\x1b model)\n") } };
        await prove.RunAsync("--json", "--show-output", prove.File("a.smt2"));
        Assert.EndsWith(""","model":"(\u001B model)\n","core":null,"proof":null}""" + "\n", prove.Output.ToString());
    }

    [Theory]
    [InlineData("quote\" back\\slash\nbreak \u202e \x7f.smt2")]
    [InlineData("grün-証明-🙂.smt2")]
    public async Task Every_line_should_be_an_object_whatever_the_names(string name)
    {
        using var prove = new ProveHarness { IsTerminal = true };
        await prove.RunAsync("--json", prove.File(name), prove.File("other.smt2"));
        Assert.Equal(2, prove.Lines.Length);
        Assert.Equal(prove.Path(name), JsonDocument.Parse(prove.Lines[0]).RootElement.GetProperty("goal").GetString());
        Assert.DoesNotContain(prove.Lines[0], character => char.IsControl(character));
    }
}
