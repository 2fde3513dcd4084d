using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Goals;

/// <summary>What is to be decided, with its language and its limits.</summary>
/// <param name="Id">Its name in the cluster.</param>
/// <param name="Name">Its name for people, a file name mostly.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="Text">The name of its text.</param>
/// <param name="Limits">What it may use.</param>
/// <param name="Strategy">How its runs follow each other.</param>
/// <param name="Backends">Only these, in this order; empty for all that are suitable, in the catalogue's order.</param>
/// <param name="KeepOutput">Whether the winner's model, core or proof is wanted.</param>
/// <param name="Labels">The client's own words on it.</param>
/// <param name="Priority">Who waits for a slot with a higher one is served first; <see cref="DefaultPriority"/> for most.</param>
/// <param name="IsFresh">Whether it is to be raced although its verdict may be known from an earlier race.</param>
public sealed record Goal(
    GoalId Id,
    string Name,
    GoalLanguage Language,
    TextDigest Text,
    GoalLimits Limits,
    Strategy Strategy,
    IReadOnlyList<BackendName> Backends,
    bool KeepOutput,
    IReadOnlyDictionary<string, string> Labels,
    int Priority = Goal.DefaultPriority,
    bool IsFresh = false)
{
    public const int DefaultPriority = 0;
}
