namespace ProverCluster.Messages.Nodes;

/// <summary>A node as a member of its cluster.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Roles">What it does.</param>
/// <param name="Status">How far it has come in, or out: <c>joining</c>, <c>weaklyUp</c>, <c>up</c>, <c>leaving</c>, <c>exiting</c>, <c>down</c>.</param>
/// <param name="IsReachable">Whether its heartbeats are heard.</param>
/// <param name="IsLeader">Whether it is the one that lets others in and out.</param>
/// <param name="Self">What it says of itself; null if it has not answered.</param>
public sealed record MemberView(string Node, IReadOnlyList<string> Roles, string Status, bool IsReachable, bool IsLeader, NodeAnswers.Described? Self);

/// <summary>Who is in a cluster, as one of its nodes sees it.</summary>
/// <param name="Node">That node.</param>
/// <param name="Members">The oldest first.</param>
/// <param name="Silent">Those of them that were not asked, since they are out of reach, or did not answer.</param>
public sealed record MembersView(string Node, IReadOnlyList<MemberView> Members, IReadOnlyList<string> Silent);
