using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>Real provers, and what of their words and exit values is a verdict.</summary>
[Collection(nameof(Alone))]
public sealed class EvidenceSpecs
{
    [RequiresFact("z3")]
    public async Task Exit_0_with_sat_is_a_refutation_and_no_proof()
    {
        var answer = await AskAsync("z3", "(declare-const x Int)(assert (> x 0))(check-sat)");
        Assert.Equal((Verdict.Refuted, 0), (answer.Verdict, answer.Row("z3").Code));
    }

    [RequiresFact("z3")]
    public async Task Exit_0_with_unknown_is_no_verdict()
    {
        var answer = await AskAsync("z3", "(declare-fun x () Real)(declare-fun y () Real)(assert (= (^ 2.0 x) (+ y (^ x y))))(check-sat)");
        Assert.Equal((Verdict.Unknown, RunOutcome.GaveUp, 0), (answer.Verdict, answer.Row("z3").Outcome, answer.Row("z3").Code));
    }

    [RequiresFact("z3")]
    public async Task An_error_and_then_sat_is_no_verdict()
    {
        var answer = await AskAsync("z3", "(declare-const x Int)(assert (> y 0))(assert (= x 1))(check-sat)");
        var row = answer.Row("z3");
        Assert.False(answer.Verdict.IsDecisive());
        Assert.Equal((RunOutcome.Error, 1), (row.Outcome, row.Code));
        Assert.Contains("unknown constant y", row.Detail);
    }

    [RequiresFact("z3")]
    public async Task An_error_that_dropped_an_assertion_and_then_unsat_is_a_proof()
    {
        var answer = await AskAsync("z3", "(declare-const x Int)(assert (> y 0))(assert (< x x))(check-sat)");
        Assert.Equal((Verdict.Proved, 1), (answer.Verdict, answer.Row("z3").Code));
    }

    [RequiresTheory("z3", "cvc5")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    public async Task An_error_from_get_model_after_unsat_leaves_the_verdict(string backend)
    {
        var answer = await AskAsync(backend, "(set-logic QF_LIA)(declare-const x Int)(assert (< x x))(check-sat)(get-model)");
        Assert.Equal((Verdict.Proved, RunOutcome.Won), (answer.Verdict, answer.Row(backend).Outcome));
    }

    [RequiresTheory("z3", "cvc5")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    public async Task An_error_from_get_unsat_core_leaves_the_verdict(string backend)
    {
        var proved = await AskAsync(backend, "(set-logic QF_LIA)(declare-const x Int)(assert (! (< x x) :named a))(check-sat)(get-unsat-core)");
        Assert.Equal((Verdict.Proved, 1), (proved.Verdict, proved.Row(backend).Code));
        var refuted = await AskAsync(backend, "(set-logic QF_LIA)(declare-const x Int)(assert (! (> x 0) :named a))(check-sat)(get-unsat-core)");
        Assert.Equal((Verdict.Refuted, 1), (refuted.Verdict, refuted.Row(backend).Code));
    }

    [RequiresFact("z3", "cvc5")]
    public async Task The_table_has_every_planned_run_once_with_reason_version_and_times()
    {
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var answer = await node.Race("(set-logic QF_LIA)(declare-const x Int)(assert (> x 0))(check-sat)", GoalLanguage.SmtLib2, []).Answer;
        answer.AssertAddsUp(answer.Runs.Count);
        foreach (var row in new[] { answer.Row("z3"), answer.Row("cvc5") })
        {
            Assert.True(row.Outcome is RunOutcome.Won or RunOutcome.Agreed or RunOutcome.Preempted, $"{row}");
            Assert.NotNull(row.Version);
            // On a busy machine the loser may be preempted before it has a process.
            Assert.True(row.Times is { Started: not null, Reaped: not null } || row is { Outcome: RunOutcome.Preempted, Times.Started: null }, $"{row}");
        }
    }

    private static async Task<GoalAnswer> AskAsync(string backend, string script)
    {
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var answer = await node.Race(script, GoalLanguage.SmtLib2, [backend]).Answer;
        answer.AssertAddsUp(planned: 1);
        return answer;
    }
}
