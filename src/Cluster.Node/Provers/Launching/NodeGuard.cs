using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>
/// A small process that outlives the node by a moment. When the node is gone, however it went, it kills whatever still carries the node's
/// number. Parent-death signals do nearly all of this before; left to the guard are provers caught while bubblewrap was still
/// setting up, when such a signal is not in place yet, and, without a sandbox, what a prover started. Then it removes what they wrote.
/// </summary>
internal sealed class NodeGuard : IDisposable
{
    private const string Shell = "/bin/sh";

    // Reads until the node's end of the pipe closes, then searches until it has found nothing three times, for about two seconds at most. What is dead and has
    // only not been waited for is found too, and does not count.
    private const string Script = """
        trap '' HUP INT TERM
        read -r _
        rounds=0 calm=0
        while [ $calm -lt 3 ] && [ $rounds -lt 40 ]; do
          rounds=$((rounds + 1)) calm=$((calm + 1))
          for file in $(grep -lFs -- "$1" /proc/[0-9]*/limits /proc/[0-9]*/environ); do
            pid=${file#/proc/}
            pid=${pid%/*}
            grep -qs '^State:.[ZX]' "/proc/$pid/status" || calm=0
            kill -KILL "$pid"
          done
          sleep 0.04
        done
        if [ -n "$2" ]; then
          [ -h "$2" ] || chmod -R u+rwx -- "$2"
          rm -rf -- "$2"
        fi
        """;

    private readonly int _alive;
    private readonly int _pid;

    private NodeGuard(int alive, int pid)
    {
        _alive = alive;
        _pid = pid;
    }

    /// <param name="folder">What is to be removed, or null.</param>
    /// <returns>Null where there is no shell.</returns>
    internal static NodeGuard? Start(string? folder)
    {
        if (!File.Exists(Shell))
            return null;

        var (read, write) = Libc.Pipe();
        try
        {
            Libc.MakeBlocking(read);
            var pid = Spawn.Start(
                Shell, ["sh", "-c", Script, "prover-cluster-guard", $"{RunTag.ThisNode}", folder ?? ""], ["PATH=/usr/bin:/bin"],
                [read, DevNull.Descriptor, DevNull.Descriptor]);
            return new NodeGuard(write, pid);
        }
        catch
        {
            _ = Libc.Close(write);
            throw;
        }
        finally
        {
            _ = Libc.Close(read);
        }
    }

    /// <summary>Not needed any more: nothing is alive, and no file is left.</summary>
    public unsafe void Dispose()
    {
        _ = Libc.Kill(_pid, Libc.Sigkill);
        _ = Libc.Wait4(_pid, out _, 0, null);
        _ = Libc.Close(_alive);
    }
}
