namespace ProverCluster.Node.Provers.Fallback;

/// <summary>
/// What the fallback starts provers with: programs of util-linux, which Debian always has. They put limits and the parent-death
/// signal in place before the prover is executed; done from outside, a busy machine may let it fork before.
/// </summary>
internal sealed class FallbackTools(PrivateFolders folders) : IDisposable
{
    private const string PrLimit = "/usr/bin/prlimit";
    private const string SetPriv = "/usr/bin/setpriv";

    private static readonly bool HasPrLimit = File.Exists(PrLimit);

    // Without it the guard alone ends the provers of a node that was killed.
    private static readonly bool HasSetPriv = File.Exists(SetPriv);

    internal PrivateFolders Folders { get; } = folders;

    /// <summary>What comes before the prover's own command line.</summary>
    internal static IEnumerable<string> Before(RunTag tag, long largestFile)
    {
        IEnumerable<string> limits = HasPrLimit
            ? [PrLimit, $"--rttime={tag.Run}:{tag.Node}", "--core=0:0", $"--fsize={largestFile}:{largestFile}", "--"]
            : [];
        return HasSetPriv ? [.. limits, SetPriv, "--pdeathsig", "KILL", "--"] : limits;
    }

    /// <summary>Why the prover could not be executed, if that is what happened.</summary>
    internal static string? FailedExec(int exitCode, string firstWords) =>
        exitCode is 126 or 127 && (HasSetPriv || HasPrLimit) && firstWords.StartsWith(LastTool + ": failed to execute", StringComparison.Ordinal)
            ? firstWords
            : null;

    public void Dispose() => Folders.Dispose();

    private static string LastTool => Path.GetFileName(HasSetPriv ? SetPriv : PrLimit);
}
