using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>
/// Bounds the processes and threads of one sandbox. The kernel counts them for each user namespace since Linux 5.14, for all
/// of a user's processes before; and it counts nothing for root, so there only the runner's samples bound them.
/// </summary>
internal static unsafe class TaskLimit
{
    /// <summary>Threads count too, and a prover may have one for each processor of a large machine.</summary>
    private const ulong Most = 4096;

    private static readonly bool CountedForEach = Environment.OSVersion.Version >= new Version(5, 14) && Libc.GetEuid() != 0;

    /// <summary>
    /// Put on a namespace's init while it sets up: before, the limit would become that of all namespaces together. The prover is not executed before
    /// it is there, however busy this node is: bubblewrap waits for its gate to be opened.
    /// </summary>
    internal static void Put(int init)
    {
        if (CountedForEach)
        {
            var limit = new Libc.RLimit { Soft = Most, Hard = Most };
            _ = Libc.PrLimit(init, Libc.RlimitNproc, &limit, null);
        }
    }
}
