using System.Runtime.InteropServices;

namespace ProverCluster.Node.Provers.Native;

/// <summary>The C library's calls to wait for many descriptors at once.</summary>
internal static unsafe partial class Libc
{
    internal const uint EpollIn = 1;
    internal const int EpollAdd = 1;
    internal const int EpollDelete = 2;

    private const int EpollCloseOnExec = 0x80000;
    private const int EventFdFlags = 0x80000 | 0x800;

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate1(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int fd, byte* happening);

    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int EpollWait(int epoll, byte* happenings, int most, int timeout);

    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint value, int flags);

    internal static int NewEpoll() => EpollCreate1(EpollCloseOnExec) is var fd and >= 0 ? fd : throw NativeFailure.Last("epoll_create1");

    internal static int NewEventFd() => EventFd(0, EventFdFlags) is var fd and >= 0 ? fd : throw NativeFailure.Last("eventfd");

    /// <summary><c>struct epoll_event</c>, which is packed on x64 and nowhere else.</summary>
    internal static class EpollEvent
    {
        private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

        internal static readonly int Size = DataOffset + 8;

        internal static void Set(byte* happening, uint events, long data)
        {
            *(uint*)happening = events;
            *(long*)(happening + DataOffset) = data;
        }

        internal static long Data(byte* happenings, int index) => *(long*)(happenings + (index * Size) + DataOffset);
    }
}
