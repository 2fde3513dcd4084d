namespace ProverCluster.Node.Provers;

/// <summary>What holds a prover in, found out when the launcher is made.</summary>
/// <param name="Sandboxed">Whether provers run in a sandbox; see docs/security.md for what does not hold otherwise.</param>
/// <param name="Why">One sentence for whoever starts the node.</param>
internal sealed record Confinement(bool Sandboxed, string Why);
