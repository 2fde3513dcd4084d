namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>What of the host every prover sees: the system's programs and libraries, nothing else.</summary>
internal static class SystemFolders
{
    private static readonly string[] Seen = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/ld.so.cache"];

    /// <summary>The options that show them; found once, as they do not change while a node lives.</summary>
    internal static readonly IReadOnlyList<string> Options = [.. Seen.SelectMany(OptionsFor)];

    internal static bool Contain(string path) => Seen.Any(folder => ReadOnlyFolder.IsWithin(path, folder));

    private static IEnumerable<string> OptionsFor(string path) =>
        // On a merged /usr, /bin and its like are links: a link is cheaper than a mount and shows the same.
        new FileInfo(path).LinkTarget is { } target ? ["--symlink", target, path]
        : Path.Exists(path) ? ["--ro-bind", path, path]
        : [];
}
