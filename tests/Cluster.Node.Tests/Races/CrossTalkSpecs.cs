using System.Globalization;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>A hundred goals at once, every other one false: each gets its own verdict, and every model is its own goal's.</summary>
[Collection(nameof(Alone))]
public sealed partial class CrossTalkSpecs
{
    private const int Goals = 100;

    [RequiresTheory("z3", "cvc5"), InSandbox, InFallback]
    public async Task A_hundred_scripts_at_once_get_their_own_verdicts_and_models(bool sandboxed)
    {
        await using var node = await RaceNode.StartAsync(sandboxed);
        var answers = await AllAsync(node, Script, GoalLanguage.SmtLib2, "z3", "cvc5");
        for (var i = 0; i < Goals; i++)
        {
            answers[i].AssertAddsUp(planned: 2);
            Assert.Equal((i, Verdict(i)), (i, answers[i].Verdict));
            if (i % 2 == 0)
                Assert.Equal(i, int.Parse(ModelOfScript().Match(answers[i].Output!.Words!).Groups[1].Value, CultureInfo.InvariantCulture));
        }
    }

    [RequiresTheory("minisat", "cadical"), InSandbox, InFallback]
    public async Task A_hundred_formulas_at_once_get_their_own_verdicts_and_models_also_by_way_of_files(bool sandboxed)
    {
        // minisat writes its model to a file: the defect that this is about is one name for the files of two runs.
        await using var node = await RaceNode.StartAsync(sandboxed);
        foreach (var backend in new[] { "minisat", "cadical" })
        {
            var answers = await AllAsync(node, Formula, GoalLanguage.Dimacs, backend);
            for (var i = 0; i < Goals; i++)
            {
                Assert.Equal((i, Verdict(i)), (i, answers[i].Verdict));
                if (i % 2 == 0)
                    Assert.Equal(i, Number(answers[i].Output!.Words!));
            }
        }
    }

    private static Verdict Verdict(int i) => i % 2 == 0 ? Messages.Verdicts.Verdict.Refuted : Messages.Verdicts.Verdict.Proved;

    private static Task<GoalAnswer[]> AllAsync(RaceNode node, Func<int, string> text, GoalLanguage language, params string[] backends) => Task.WhenAll(
        Enumerable.Range(0, Goals).Select(i => node.Race(
            text(i), language, backends, goal => goal with { KeepOutput = true, Limits = goal.Limits with { Timeout = TimeSpan.FromMinutes(2) } }).Answer));

    private static string Script(int i) => $"""
        (set-option :produce-models true)
        (set-logic QF_LIA)
        (declare-fun x () Int)
        (assert (= x {i}))
        {(i % 2 == 0 ? "" : $"(assert (< x {i}))")}
        (check-sat)
        (get-model)
        """;

    /// <summary>The bits of a number, one variable each; and for an odd one its lowest bit's opposite.</summary>
    private static string Formula(int i)
    {
        var clauses = Enumerable.Range(0, 7).Select(bit => $"{((i >> bit & 1) == 1 ? "" : "-")}{bit + 1} 0").ToList();
        if (i % 2 == 1)
            clauses.Add("-1 0");
        return $"p cnf 7 {clauses.Count}\n{string.Join('\n', clauses)}\n";
    }

    private static int Number(string model) => Literal().Matches(model)
        .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))
        .Where(literal => literal > 0)
        .Sum(literal => 1 << (literal - 1));

    [GeneratedRegex(@"define-fun x \(\) Int\s+(\d+)\)")]
    private static partial Regex ModelOfScript();

    [GeneratedRegex(@"-?\d+")]
    private static partial Regex Literal();
}
