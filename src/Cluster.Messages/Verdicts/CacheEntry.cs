using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Verdicts;

/// <summary>A verdict that is to be had again.</summary>
/// <param name="Key">What it is a verdict on: two hashes, from which nothing of the goal can be told.</param>
/// <param name="Language">In which language that is written.</param>
/// <param name="Verdict">A decisive one.</param>
/// <param name="Bytes">What it counts.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record CacheEntry(string Key, GoalLanguage Language, Verdict Verdict, long Bytes, VerdictProvenance Provenance);
