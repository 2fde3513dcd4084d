using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Goals;

/// <summary>Why an answer is not that of a race of the goal's own.</summary>
/// <param name="IsCached">Whether it came from an earlier race; else from one that was shared with another goal, whose runs are in the answer.</param>
/// <param name="Verdict">Where the verdict comes from; null if it is not a decisive one.</param>
/// <param name="Doubt">What has contradicted the verdict since then, in words; null if nothing has.</param>
public sealed record AnswerOrigin(bool IsCached, VerdictProvenance? Verdict, string? Doubt = null);
