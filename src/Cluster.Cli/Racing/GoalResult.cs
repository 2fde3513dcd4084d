using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Racing;

/// <summary>All that is printed of one goal.</summary>
/// <param name="Language">What it is written in; null if that is why it was rejected.</param>
/// <param name="Answer">Its whole story.</param>
internal sealed record GoalResult(GoalLanguage? Language, GoalAnswer Answer);

/// <summary>A goal whose turn has come: its verdict comes first, its story a tick and a kill later.</summary>
/// <param name="Name">For people.</param>
/// <param name="Language">What it is written in, or null.</param>
/// <param name="Decided">The first decisive verdict; null if the goal is settled without one.</param>
/// <param name="Settled">The whole story. Never fails.</param>
internal sealed record GoalInFlight(string Name, GoalLanguage? Language, Task<RaceEvent.Decided?> Decided, Task<GoalResult> Settled);
