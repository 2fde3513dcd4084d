using System.Globalization;

namespace ProverCluster.Node.Configuration;

/// <summary>How much memory the machine or container has that this process lives in.</summary>
public static class MachineMemory
{
    /// <summary>In bytes; null where nothing tells.</summary>
    public static long? Bytes() => Bytes("/");

    /// <param name="root">Where <c>proc</c> and <c>sys</c> are.</param>
    internal static long? Bytes(string root)
    {
        long? least = Meminfo(Path.Combine(root, "proc/meminfo"));
        foreach (var limit in Cgroups(root).Select(Limit).OfType<long>()) least = least is { } known ? Math.Min(known, limit) : limit;
        return least;
    }

    private static long? Meminfo(string path) => Lines(path)
        .Where(line => line.StartsWith("MemTotal:", StringComparison.Ordinal))
        .Select(line => Number(line["MemTotal:".Length..].Replace("kB", "").Trim()) * 1024)
        .FirstOrDefault();

    // A limit may stand on any group above ours, and a container often sees its own group at the top of the mount.
    private static IEnumerable<string> Cgroups(string root)
    {
        foreach (var fields in Lines(Path.Combine(root, "proc/self/cgroup")).Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3))
        {
            var unified = fields[0] == "0" && fields[1].Length == 0;
            if (!unified && !fields[1].Split(',').Contains("memory")) continue;
            var (mount, file) = unified ? ("sys/fs/cgroup", "memory.max") : ("sys/fs/cgroup/memory", "memory.limit_in_bytes");
            for (var group = fields[2]; !string.IsNullOrEmpty(group); group = Path.GetDirectoryName(group))
                yield return Path.Combine(root, mount, group.TrimStart('/'), file);
        }
    }

    private static long? Limit(string path) => Lines(path).Select(Number).FirstOrDefault();

    // "max", and the huge number that stands for no limit in version 1, are no limits.
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1L << 60 ? number : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
