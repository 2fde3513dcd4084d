using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Messages.Verdicts;

/// <summary>
/// The field's standard names of what a prover said (Sutcliffe, "The SZS Ontologies for Automated Reasoning Software",
/// LPAR Workshops 2008, https://tptp.org/UserDocs/SZSOntology/): those that provers we run print, and no others.
/// </summary>
public enum SzsStatus
{
    /// <summary>Nothing usable was said.</summary>
    Unknown,

    Theorem,
    Unsatisfiable,
    ContradictoryAxioms,
    CounterSatisfiable,
    Satisfiable,

    GaveUp,
    Timeout,
    ResourceOut,
    MemoryOut,
    Incomplete,
    Inappropriate,
    Forced,
    User,

    Error,
    OSError,
    InputError,
    SyntaxError,
    SemanticError,
    TypeError,
    UsageError,
}

public static class SzsStatuses
{
    /// <summary>The status of that name, case mattering, as the ontology does.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, [NotNullWhen(true)] out SzsStatus? status)
    {
        status = null;
        // Enum.TryParse also reads numbers and comma lists, which no prover means.
        if (name.IsEmpty || name.ContainsAnyExceptInRange('A', 'z') || !Enum.TryParse<SzsStatus>(name, out var parsed))
            return false;
        status = parsed;
        return true;
    }

    /// <summary>
    /// The verdict that a status stands for. A conjecture makes "counter-satisfiable" out of a model of its negation;
    /// without one, a model of the axioms refutes the goal that they are unsatisfiable.
    /// </summary>
    public static Verdict Verdict(this SzsStatus status) => status switch
    {
        SzsStatus.Theorem or SzsStatus.Unsatisfiable or SzsStatus.ContradictoryAxioms => Messages.Verdicts.Verdict.Proved,
        SzsStatus.CounterSatisfiable or SzsStatus.Satisfiable => Messages.Verdicts.Verdict.Refuted,
        _ => Messages.Verdicts.Verdict.Unknown,
    };
}
