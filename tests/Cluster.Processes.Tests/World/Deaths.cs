using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Processes.World;

/// <summary>When processes die: the kernel says so at once, whoever their parent is.</summary>
internal sealed class Deaths : IDisposable
{
    private const short Readable = 1;

    private readonly List<SafeFileHandle> _processes;

    private Deaths(List<SafeFileHandle> processes) => _processes = processes;

    /// <summary>Those processes, and never others that get their numbers later.</summary>
    public static Deaths Of(IEnumerable<int> processes) => new([.. processes.Select(pid => new SafeFileHandle(Libc.PidfdOpen(pid), ownsHandle: true)).Where(handle => !handle.IsInvalid)]);

    /// <summary>When the last of them was dead, as a timestamp of <see cref="Stopwatch"/>. On a thread of its own, which has nothing else to do then.</summary>
    public Task<long> LastAsync(TimeSpan within) => Task.Factory.StartNew(() => Last(within), TaskCreationOptions.LongRunning);

    public void Dispose() => _processes.ForEach(process => process.Dispose());

    private long Last(TimeSpan within)
    {
        var since = Stopwatch.StartNew();
        var waiting = _processes.Select(process => new Poll { Descriptor = (int)process.DangerousGetHandle(), Wanted = Readable }).ToArray();
        while (waiting.Length > 0)
        {
            Assert.True(since.Elapsed < within, $"{waiting.Length} of {_processes.Count} processes live on after {within.TotalSeconds} s");
            _ = PollAll(waiting, (nuint)waiting.Length, 100);
            waiting = [.. waiting.Where(each => each.Happened == 0)];
        }

        return Stopwatch.GetTimestamp();
    }

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int PollAll([In, Out] Poll[] descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }
}
