using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Provers.Sampling;

/// <summary>Adds up what the processes of one run use, and remembers the most.</summary>
internal sealed class UsageMeter
{
    private readonly List<int> _pids = [];
    private TimeSpan? _cpu;
    private long? _peakRss;

    internal TimeSpan Cpu => _cpu ?? TimeSpan.Zero;

    internal RunUsage Usage => new(_cpu, _peakRss);

    /// <summary>Looks at the processes that are named.</summary>
    /// <returns>The memory they hold now, and how many live.</returns>
    internal (long Rss, int Processes) Sample(Action<List<int>> addProcesses)
    {
        _pids.Clear();
        addProcesses(_pids);
        var cpu = TimeSpan.Zero;
        var rss = 0L;
        var seen = 0;
        foreach (var pid in _pids)
        {
            if (ProcStat.Of(pid) is { } stat)
            {
                seen++;
                cpu += ProcStat.CpuOf(pid) + stat.ChildCpu;
                rss += stat.RssBytes;
            }
        }

        if (seen > 0)
            Know(cpu, rss);

        return (rss, seen);
    }

    /// <summary>A process that ends takes what it used with it until its parent has waited for it, so a later sum may be smaller.</summary>
    internal void Know(TimeSpan cpu, long? rss)
    {
        _cpu = cpu > Cpu ? cpu : Cpu;
        _peakRss = Math.Max(_peakRss ?? 0, rss ?? 0) is var peak and > 0 ? peak : null;
    }
}
