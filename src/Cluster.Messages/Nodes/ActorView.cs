using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Nodes;

/// <summary>An actor that lives on a node.</summary>
/// <param name="Path">Where it is in the tree.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Mailbox">How many messages wait for it.</param>
/// <param name="Children">How many it has.</param>
/// <param name="Words">What it says of itself; null if it has nothing to say, or did not answer.</param>
public sealed record ActorView(string Path, string Kind, int Mailbox, int Children, ActorWords? Words);

/// <param name="State">What it is at.</param>
/// <param name="Age">Since when it serves what it serves; null where it waits for that.</param>
/// <param name="Goal">The goal that it serves; null for none.</param>
/// <param name="Run">The run that it serves; null for none.</param>
public sealed record ActorWords(string State, TimeSpan? Age, GoalId? Goal = null, RunId? Run = null);

/// <summary>The living actors of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Path">Where the tree begins.</param>
/// <param name="Actors">Each before its children.</param>
/// <param name="IsTruncated">Whether there are more.</param>
public sealed record ActorTreeView(string Node, string Path, IReadOnlyList<ActorView> Actors, bool IsTruncated);
