using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>What this process must be to look after others.</summary>
internal static unsafe class NodeProcess
{
    private static readonly Lock Gate = new();
    private static bool _done;

    /// <summary>Makes orphans of ours become our children, and keeps the dead until we have asked what they used.</summary>
    internal static void Prepare()
    {
        lock (Gate)
        {
            if (_done)
                return;

            _done = true;
            if (Libc.PrCtl(Libc.PrSetChildSubreaper, 1, 0, 0, 0) != 0)
                throw NativeFailure.Last("prctl(PR_SET_CHILD_SUBREAPER)");

            // Inherited as ignored, the kernel would reap our children itself, and so would .NET.
            var action = stackalloc byte[256];
            new Span<byte>(action, 256).Clear();
            if (Libc.SigAction(Libc.Sigchld, null, action) == 0 && *(nint*)action == 1)
            {
                *(nint*)action = 0;
                _ = Libc.SigAction(Libc.Sigchld, action, null);
            }
        }
    }
}
