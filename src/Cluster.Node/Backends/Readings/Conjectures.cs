using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>The name of a decisive verdict in the goal's own terms.</summary>
internal static class Conjectures
{
    public static bool Has(GoalDocument goal) => goal is TptpProblem { HasConjecture: true };

    /// <summary>Theorem or CounterSatisfiable with a conjecture, Unsatisfiable or Satisfiable without; null if the verdict is not decisive.</summary>
    public static SzsStatus? Status(GoalDocument goal, Verdict verdict) => (verdict, Has(goal)) switch
    {
        (Verdict.Proved, true) => SzsStatus.Theorem,
        (Verdict.Proved, false) => SzsStatus.Unsatisfiable,
        (Verdict.Refuted, true) => SzsStatus.CounterSatisfiable,
        (Verdict.Refuted, false) => SzsStatus.Satisfiable,
        _ => null,
    };

    /// <summary>
    /// Why a refutation is not to be believed, or null: what means nothing to a prover can be anything in its models.
    /// </summary>
    /// <param name="goal">The goal.</param>
    /// <param name="verdict">What was said of it.</param>
    /// <param name="knowsArithmetic">Whether the prover knows numbers, distinct objects and TPTP's usual $words, or says that it does not.</param>
    public static string? Doubt(GoalDocument goal, Verdict verdict, bool knowsArithmetic) => (goal, verdict) switch
    {
        (TptpProblem { HasInterpretedTerms: true }, Verdict.Refuted) when !knowsArithmetic =>
            "its model may give numbers, distinct objects and $words any meaning",
        (TptpProblem { UncommonWord: { } word }, Verdict.Refuted) => $"its model may give {word} any meaning",
        _ => null,
    };
}
