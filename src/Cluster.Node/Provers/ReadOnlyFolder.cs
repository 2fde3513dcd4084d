using ProverCluster.Node.Provers.Launching;

namespace ProverCluster.Node.Provers;

/// <summary>Which folders an entry's <c>read-only</c> may show to a prover.</summary>
internal static class ReadOnlyFolder
{
    private static readonly string[] NeverWhole = ["/", "/etc", "/home", "/media", "/mnt", "/root", "/srv", "/tmp", "/var", "/var/tmp"];

    private static readonly string[] NeverAtAll = ["/dev", "/proc", "/run", "/sys", "/var/run"];

    /// <summary>Says what is wrong with a folder, in one sentence, or null. Links are followed: what counts is what would be seen.</summary>
    internal static string? Fault(string folder)
    {
        if (!Path.IsPathRooted(folder))
            return $"read-only folder {folder}: an absolute path is wanted";

        if (!Directory.Exists(folder))
            return $"read-only folder {folder}: no such folder";

        var real = ProverFile.Resolve(folder);
        return NeverWhole.Contains(real) || NeverAtAll.Any(never => IsWithin(real, never)) || IsHome(real)
            ? $"read-only folder {folder}: {real} is never shown to a prover; name the folder in it that the prover needs"
            : null;
    }

    internal static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static bool IsHome(string real)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.GetDirectoryName(real) == "/home" || (home.Length > 1 && IsWithin(home, real));
    }
}
