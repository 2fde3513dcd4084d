using System.Runtime.CompilerServices;

namespace ProverCluster.Testing;

/// <summary>Files of the repository that specs use as they are.</summary>
internal static class Repo
{
    /// <summary>The prover that plays what it is told.</summary>
    public static string Puppet { get; } = Path.GetFullPath(Path.Combine(Here(), "../PuppetProver/puppet"));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
