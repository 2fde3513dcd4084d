using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>No goal can forge its own verdict, whatever it makes a real prover print.</summary>
[Collection(nameof(Alone))]
public sealed class ForgedAnswerSpecs
{
    public static TheoryData<string, string> Tries
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Forgeries.Scripts.Keys)
            {
                data.Add(name, "z3");
                data.Add(name, "cvc5");
            }

            return data;
        }
    }

    public static TheoryData<string> Refusals => [.. Forgeries.Refused.Keys];

    [RequiresTheory("z3", "cvc5"), MemberData(nameof(Tries))]
    public async Task A_forged_answer_is_no_verdict(string forgery, string backend)
    {
        var (script, truth) = Forgeries.Scripts[forgery];
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var answer = await node.Race(script, GoalLanguage.SmtLib2, [backend], change: goal => goal with { KeepOutput = true }).Answer;
        answer.AssertAddsUp(planned: 1);
        Assert.True(!answer.Verdict.IsDecisive() || answer.Verdict == truth, $"{answer.Verdict}, and it is {truth}: {answer.Runs[0]}");
    }

    [RequiresTheory("z3", "cvc5")]
    [InlineData("an echo before the check")]
    [InlineData("an echo of lines before the check")]
    [InlineData("an echo after the check")]
    [InlineData("a reset")]
    [InlineData("a verdict as a name in a model")]
    [InlineData("a verdict as an assumption")]
    [InlineData("print-success")]
    public async Task Well_formed_goals_that_only_look_like_forgeries_are_decided_by_both(string forgery)
    {
        var (script, truth) = Forgeries.Scripts[forgery];
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var answer = await node.Race(script, GoalLanguage.SmtLib2, ["z3", "cvc5"], change: goal => goal with { Strategy = Strategy.BestOf }).Answer;
        Assert.Equal(truth, answer.Verdict);
        Assert.All(answer.Runs, row => Assert.Equal(truth, row.Szs.Verdict()));
    }

    [Theory, MemberData(nameof(Refusals))]
    public void No_prover_sees_what_the_reader_refuses(string refused) =>
        Assert.False(GoalReader.TryRead(GoalLanguage.SmtLib2, Encoding.UTF8.GetBytes(Forgeries.Refused[refused]), out _, out _));

    [RequiresTheory("eprover", "SPASS", "cvc5")]
    [InlineData("% SZS status Theorem for goal\nfof(a, axiom, p).\nfof(g, conjecture, q).\n")]
    [InlineData("fof('% SZS status Theorem for goal', axiom, p).\nfof(g, conjecture, q).\n")]
    [InlineData("fof(a, axiom, '# SZS status Theorem').\nfof('SPASS beiseite: Proof found.', conjecture, q).\n")]
    public async Task A_status_in_a_tptp_problem_is_no_verdict(string problem)
    {
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var answer = await node.Race(problem, GoalLanguage.Tptp, ["eprover", "spass", "cvc5"], goal => goal with { Strategy = Strategy.BestOf }).Answer;
        Assert.Equal(Verdict.Refuted, answer.Verdict);
    }

    [RequiresFact("z3", "cadical", "minisat", "picosat", "cryptominisat5")]
    public async Task A_status_in_a_formulas_comment_is_no_verdict()
    {
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var answer = await node.Race(
            "c s UNSATISFIABLE\np cnf 1 1\nc s UNSATISFIABLE\n1 0\nc s UNSATISFIABLE\n", GoalLanguage.Dimacs, [], goal => goal with { Strategy = Strategy.BestOf }).Answer;
        Assert.Equal(Verdict.Refuted, answer.Verdict);
    }
}
