namespace ProverCluster.Node.Backends;

/// <summary>Which folders an entry may show to its prover.</summary>
internal static class ReadOnlyFolders
{
    private static readonly string[] Never = ["/", "/tmp", "/var/tmp", "/home", "/root", "/proc", "/sys", "/dev"];

    /// <summary>False for folders that hold other people's files, or that the sandbox makes for itself; also where a link leads to one.</summary>
    public static bool MayBeShown(string path)
    {
        if (!path.StartsWith('/') || path.Contains('\0') || path.Split('/').Any(part => part is "." or "..")) return false;
        return MayBeShownAsIs(Plain(path)) && MayBeShownAsIs(ExecutableFinder.Resolve(path));
    }

    private static bool MayBeShownAsIs(string path) =>
        !Never.Contains(path)
        && Path.GetDirectoryName(path) != "/home"
        && path != Plain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    private static string Plain(string path) => "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
}
