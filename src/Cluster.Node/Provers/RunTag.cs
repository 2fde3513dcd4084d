using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers;

/// <summary>
/// A number that a run's processes inherit and cannot lose: the limit on real-time computing, which no prover uses, set to an
/// odd value. It survives what an environment does not: a cleared environment, a new session, a new parent. The hard
/// limit says whose node the process is, the soft one which run; neither can be raised by a process without privileges.
/// </summary>
internal readonly unsafe record struct RunTag(ulong Node, ulong Run)
{
    private static long _lastRun;

    /// <summary>This process's own; below the limit it has itself, since a node may run within another node's run.</summary>
    internal static readonly ulong ThisNode = ChooseNode();

    internal static RunTag Next() => new(ThisNode, ThisNode - (ulong)Interlocked.Increment(ref _lastRun));

    internal void Put(int pid)
    {
        var limit = new Libc.RLimit { Soft = Run, Hard = Node };
        _ = Libc.PrLimit(pid, Libc.RlimitRttime, &limit, null);
    }

    /// <summary>The tag of a process; of a stranger some other values, or none.</summary>
    internal static RunTag? Of(int pid)
    {
        Libc.RLimit limit;
        return Libc.PrLimit(pid, Libc.RlimitRttime, null, &limit) == 0 ? new RunTag(limit.Hard, limit.Soft) : null;
    }

    private static ulong ChooseNode()
    {
        var mine = Of(Environment.ProcessId)?.Node ?? ulong.MaxValue;
        return Math.Min(mine, 1UL << 60) - (ulong)Random.Shared.NextInt64(1L << 40, 1L << 50);
    }
}
