using System.Diagnostics;

namespace ProverCluster.Node.Provers.Sampling;

/// <summary>
/// Which processes belong to which run, as of a moment ago: one look at the machine's processes serves every run that is sampled in a tick. On a machine
/// with thousands of them a look costs milliseconds, so it is not taken more often than a tenth of the time allows. A kill never relies on it.
/// </summary>
internal static class TagCensus
{
    private static readonly TimeSpan Youngest = TimeSpan.FromMilliseconds(5);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<ulong, List<int>> ByRun = [];
    private static readonly List<int> All = [];
    private static long _nextLook;

    internal static void AddTagged(RunTag tag, List<int> into)
    {
        lock (Gate)
        {
            if (Stopwatch.GetTimestamp() >= _nextLook)
                Look();
            if (ByRun.TryGetValue(tag.Run, out var pids))
                into.AddRange(pids);
        }
    }

    private static void Look()
    {
        var began = Stopwatch.GetTimestamp();
        ByRun.Clear();
        All.Clear();
        ProcFiles.AddNumbers(0, default, All);
        foreach (var pid in All)
        {
            if (RunTag.Of(pid) is not { } tag || tag.Node != RunTag.ThisNode)
                continue;
            if (!ByRun.TryGetValue(tag.Run, out var pids))
                ByRun[tag.Run] = pids = [];
            pids.Add(pid);
        }

        var ended = Stopwatch.GetTimestamp();
        _nextLook = ended + Math.Max((long)(Youngest.TotalSeconds * Stopwatch.Frequency), 9 * (ended - began));
    }
}
