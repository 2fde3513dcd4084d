using System.Runtime.InteropServices;

namespace ProverCluster.Node.Provers.Native;

/// <summary>A call of the C library that failed, with the system's own words for why.</summary>
internal sealed class NativeFailure(string call, int error) : IOException($"{call}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    internal int Error { get; } = error;

    internal static NativeFailure Last(string call) => new(call, Marshal.GetLastPInvokeError());
}
