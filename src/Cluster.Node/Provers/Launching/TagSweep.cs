using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>
/// Kills whatever carries a run's tag, wherever it has hidden, until nothing is left. Everything found is frozen before anything is killed,
/// and the search repeated until it finds nothing new, so that a process that forks cannot outrun it.
/// </summary>
/// <param name="loop">Where it runs.</param>
/// <param name="tag">The run's tag.</param>
/// <param name="run">The run's id, for those that were started before the tag could be put.</param>
/// <param name="except">A process that somebody else waits for; killed here, but neither waited for nor counted.</param>
/// <param name="onNone">Told once, when nothing is left.</param>
internal sealed class TagSweep(ProverLoop loop, RunTag tag, string run, int except, Action onNone)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>What those that were waited for here had used.</summary>
    internal TimeSpan Cpu { get; private set; }

    internal unsafe void Run()
    {
        HashSet<int> frozen = [];
        List<int> found = [];
        do
        {
            found.ForEach(pid => frozen.Add(pid));
            found.Clear();
            AddMembers(found);
            found.RemoveAll(frozen.Contains);
            found.ForEach(pid => Signal(pid, Libc.Sigstop));
        }
        while (found.Count > 0);

        var alive = false;
        foreach (var pid in frozen)
        {
            Signal(pid, Libc.Sigkill);

            if (pid == except)
                continue;

            // Its parent is dead or about to be, and then it is ours to wait for.
            Libc.RUsage usage = default;
            if (Libc.Wait4(pid, out _, Libc.WaitNoHang, &usage) == pid)
                Cpu += usage.Cpu;
            else
                alive = true;
        }

        if (alive)
            loop.After(Pause, Run);
        else
            onNone();
    }

    private void AddMembers(List<int> into)
    {
        ProcessTree.AddTagged(tag, into);
        ProcessTree.AddMarked(run, into);
    }

    private void Signal(int pid, int signal)
    {
        var fd = Libc.PidfdOpen(pid);
        if (fd < 0)
            return;

        // Between the search and now its number may have gone to somebody else.
        if (RunTag.Of(pid) == tag || ProcessTree.IsMarked(pid, run))
            _ = Libc.PidfdSendSignal(fd, signal);

        _ = Libc.Close(fd);
    }
}
