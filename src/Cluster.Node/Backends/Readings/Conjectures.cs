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
}
