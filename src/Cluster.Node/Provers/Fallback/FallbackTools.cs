namespace ProverCluster.Node.Provers.Fallback;

/// <summary>What the fallback starts provers with.</summary>
internal sealed class FallbackTools(PrivateFolders folders) : IDisposable
{
    private const string SetPriv = "/usr/bin/setpriv";

    // Of util-linux. Without it the guard alone ends the provers of a node that was killed.
    private static readonly bool s_hasSetPriv = File.Exists(SetPriv);

    internal PrivateFolders Folders { get; } = folders;

    internal IReadOnlyList<string> Prefix { get; } = s_hasSetPriv ? [SetPriv, "--pdeathsig", "KILL", "--"] : [];

    /// <summary>Why the prover could not be executed, if that is what happened.</summary>
    internal string? FailedExec(int exitCode, string firstWords) =>
        s_hasSetPriv && exitCode is 126 or 127 && firstWords.StartsWith("setpriv: failed to execute", StringComparison.Ordinal) ? firstWords : null;

    public void Dispose() => Folders.Dispose();
}
