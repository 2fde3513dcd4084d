using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>Every prover's standard input; opened once.</summary>
internal static class DevNull
{
    internal static readonly int Descriptor = Libc.OpenOwn("/dev/null", Libc.OpenReadWrite);
}
