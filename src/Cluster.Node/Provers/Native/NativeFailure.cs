using System.Runtime.InteropServices;

namespace ProverCluster.Node.Provers.Native;

/// <summary>A call of the C library that failed, with the system's own words for why.</summary>
internal sealed class NativeFailure(string call, int error) : IOException($"{call}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    private int Error { get; } = error;

    /// <summary>Whether this process, or the machine, has no descriptor left: no fault of whatever was to be opened.</summary>
    internal static bool IsOutOfDescriptors(Exception failure) =>
        (failure is NativeFailure native ? native.Error : failure.HResult) is Libc.Emfile or Libc.Enfile;

    internal static NativeFailure Last(string call) => new(call, Marshal.GetLastPInvokeError());
}
