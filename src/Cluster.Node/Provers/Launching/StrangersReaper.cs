using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>
/// Waits for the dead that nobody else waits for. A node adopts the orphans of everything below it, so that no process of a run gets away; with them come
/// strangers' orphans, those of another node that was started by this program and killed, say. Dead and not waited for they would stay in the table of
/// processes. Whoever was dead at two looks in a row is nobody's: .NET and the launcher wait for theirs within milliseconds.
/// </summary>
/// <param name="loop">Where it looks.</param>
/// <param name="period">How far apart the looks are.</param>
internal sealed class StrangersReaper(ProverLoop loop, TimeSpan period)
{
    internal static readonly TimeSpan UsualPeriod = TimeSpan.FromSeconds(5);

    private HashSet<int> _deadBefore = [];

    /// <summary>Looks now and from now on. Only on the loop's thread.</summary>
    internal unsafe void Look()
    {
        var dead = new HashSet<int>();
        foreach (var pid in ProcessTree.ChildrenOfThisProcess())
        {
            if (ProcStat.Of(pid) is not { IsDead: true })
                continue;
            Libc.RUsage usage = default;
            if (!_deadBefore.Contains(pid) || Libc.Wait4(pid, out _, Libc.WaitNoHang, &usage) != pid)
                dead.Add(pid);
        }

        _deadBefore = dead;
        loop.After(period, Look);
    }
}
