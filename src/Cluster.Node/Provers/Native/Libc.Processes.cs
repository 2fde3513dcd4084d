using System.Runtime.InteropServices;

namespace ProverCluster.Node.Provers.Native;

/// <summary>The C library's calls on processes. Layouts and numbers are those of 64-bit glibc on x64 and arm64.</summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    internal const int Esrch = 3;
    internal const int Eintr = 4;
    internal const int Echild = 10;
    internal const int Eagain = 11;
    internal const int Enfile = 23;
    internal const int Emfile = 24;

    internal const int Sigchld = 17;
    internal const int Sigkill = 9;
    internal const int Sigstop = 19;

    internal const short SpawnSetSigDef = 0x04;
    internal const short SpawnSetSigMask = 0x08;
    internal const short SpawnSetSid = 0x80;

    internal const int WaitNoHang = 1;

    internal const int RlimitFsize = 1;
    internal const int RlimitCore = 4;
    internal const int RlimitNproc = 6;
    internal const int RlimitRttime = 15;

    internal const int PrSetChildSubreaper = 36;

    // The same on every architecture since Linux 5.0 unified the new numbers.
    private const long SysPidfdSendSignal = 424;
    private const long SysPidfdOpen = 434;
    private const long SysCloseRange = 436;

    [LibraryImport(Name, EntryPoint = "posix_spawn")]
    internal static partial int PosixSpawn(out int pid, byte* path, void* fileActions, void* attributes, byte** argv, byte** envp);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int FileActionsInit(void* fileActions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int FileActionsDestroy(void* fileActions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int FileActionsAddDup2(void* fileActions, int fd, int newFd);

    /// <summary>Since glibc 2.34.</summary>
    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int FileActionsAddCloseFrom(void* fileActions, int from);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileActionsAddChdir(void* fileActions, string folder);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnAttributesSetFlags(void* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SpawnAttributesSetSigDefault(void* attributes, void* set);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnAttributesSetSigMask(void* attributes, void* set);

    [LibraryImport(Name, EntryPoint = "wait4", SetLastError = true)]
    internal static partial int Wait4(int pid, out int status, int options, RUsage* usage);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "prlimit", SetLastError = true)]
    internal static partial int PrLimit(int pid, int resource, RLimit* set, RLimit* get);

    [LibraryImport(Name, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int PrCtl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5);

    [LibraryImport(Name, EntryPoint = "sigaction", SetLastError = true)]
    internal static partial int SigAction(int signal, void* set, void* get);

    [LibraryImport(Name, EntryPoint = "geteuid")]
    internal static partial uint GetEuid();

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SysCall(long number, nint a, nint b, nint c, nint d);

    internal static int PidfdOpen(int pid) => (int)SysCall(SysPidfdOpen, pid, 0, 0, 0);

    internal static int PidfdSendSignal(int pidfd, int signal) => (int)SysCall(SysPidfdSendSignal, pidfd, signal, 0, 0);

    /// <summary>Marks every descriptor from <paramref name="first"/> on as not to be inherited.</summary>
    internal static int CloseRangeOnExec(int first) => (int)SysCall(SysCloseRange, first, int.MaxValue, 4, 0);

    [StructLayout(LayoutKind.Sequential)]
    internal struct RLimit
    {
        internal ulong Soft;
        internal ulong Hard;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct RUsage
    {
        internal long UserSeconds;
        internal long UserMicroseconds;
        internal long SystemSeconds;
        internal long SystemMicroseconds;
        internal long MaxRssKib;
        private fixed long _rest[13];

        internal readonly TimeSpan Cpu =>
            TimeSpan.FromSeconds(UserSeconds + SystemSeconds) + TimeSpan.FromMicroseconds(UserMicroseconds + SystemMicroseconds);
    }
}
