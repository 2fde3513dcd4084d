using System.Globalization;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>What is the case outside of our own accounts.</summary>
internal static class World
{
    internal static bool IsAlive(int pid) => ProcStat.Of(pid) is { IsDead: false };

    internal static void AssertGone(IEnumerable<int> pids) => Assert.All(pids, pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"{pid} is there"));

    /// <summary>Every process, dead or alive, that descends from this one by birth or adoption, in one step.</summary>
    internal static List<int> Children() => [.. Pids().Where(pid => ProcStat.Of(pid)?.Parent == Environment.ProcessId)];

    /// <summary>The open descriptors by what they are, the runtime's own files and sockets left out: those come and go.</summary>
    internal static string[] OpenDescriptors()
    {
        // What other specs have left to the collector, such as the pipes of their processes, is not to go while somebody counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return
        [
            .. from descriptor in Directory.GetFileSystemEntries("/proc/self/fd")
               let target = new FileInfo(descriptor).LinkTarget?.Split([':', ' '])[0]
               where target is "pipe" or "anon_inode" || target?.StartsWith("/memfd", StringComparison.Ordinal) == true
               let kind = new FileInfo(descriptor).LinkTarget!.Split(":[")[0]
               group kind by kind into kinds
               orderby kinds.Key
               select $"{kinds.Count()} {kinds.Key}",
        ];
    }

    /// <summary>Every process that a node of that number has started, whatever became of its parent.</summary>
    internal static List<int> OfNode(ulong node) => [.. Pids().Where(pid => RunTag.Of(pid)?.Node == node || EnvironmentOf(pid).Contains($"PROVER_CLUSTER_NODE={node}"))];

    private static string EnvironmentOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    internal static IEnumerable<int> Pids() =>
        from folder in Directory.GetDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0
        select pid;
}
