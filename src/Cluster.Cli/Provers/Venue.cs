using ProverCluster.Client;

namespace ProverCluster.Cli.Provers;

/// <summary>Where this call's goals are proved: on nodes in this process, or on a running cluster. From here on there is no difference.</summary>
/// <param name="Prover">Proves them.</param>
/// <param name="Parallel">Goals at once, if nothing else is asked for; null for as many as there are processors.</param>
/// <param name="WinnerWidth">The longest name of a backend that may win.</param>
/// <param name="HasNodes">Whether there is more than one node, so that it is news where a run was.</param>
/// <param name="Notices">What a person should know of it, one sentence each.</param>
internal sealed record Venue(IProver Prover, int? Parallel, int WinnerWidth, bool HasNodes, IReadOnlyList<string> Notices);
