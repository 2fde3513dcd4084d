using System.Runtime.InteropServices;

namespace ProverCluster.Node.Provers.Native;

/// <summary>The C library's calls on files, pipes and clocks.</summary>
internal static unsafe partial class Libc
{
    internal const int OpenReadOnly = 0;
    internal const int OpenReadWrite = 2;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;

    internal const int AccessExecute = 1;

    private const int DupCloseOnExec = 1030;
    private const int SetFlags = 4;
    private const uint MemfdCloseOnExec = 1;

    /// <summary>Ours from here up, so that none is overwritten while a child's own are put in place.</summary>
    private const int FirstOwn = 16;

    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(int* ends, int flags);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int fd, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags, int mode);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport(Name, EntryPoint = "close")]
    internal static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int fd, byte* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(int fd, long offset, int whence);

    [LibraryImport(Name, EntryPoint = "getdents64", SetLastError = true)]
    internal static partial nint GetDents(int fd, byte* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Access(string path, int mode);

    [LibraryImport(Name, EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFolder(string path, uint mode);

    [LibraryImport(Name, EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeMode(string path, uint mode);

    [LibraryImport(Name, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StatX(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    internal static partial int ClockGetTime(int clock, TimeSpec* time);

    /// <summary>A pipe that no child inherits; its reading end does not block.</summary>
    internal static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (Pipe2(ends, OpenCloseOnExec) != 0)
            throw NativeFailure.Last("pipe2");

        var read = Raised(ends[0]);
        Fcntl(read, SetFlags, OpenNonBlocking);
        return (read, Raised(ends[1]));
    }

    internal static void MakeBlocking(int fd) => Fcntl(fd, SetFlags, 0);

    /// <summary>A nameless file in memory with these bytes, at its start.</summary>
    internal static int MemoryFile(string name, ReadOnlySpan<byte> bytes)
    {
        var fd = MemfdCreate(name, MemfdCloseOnExec);
        if (fd < 0)
            throw NativeFailure.Last("memfd_create");

        fd = Raised(fd);
        try
        {
            WriteAll(fd, bytes);
            Seek(fd, 0, 0);
            return fd;
        }
        catch
        {
            Close(fd);
            throw;
        }
    }

    internal static int OpenOwn(string path, int flags)
    {
        var fd = Open(path, flags | OpenCloseOnExec, 0);
        return fd < 0 ? throw NativeFailure.Last($"open {path}") : Raised(fd);
    }

    private static void WriteAll(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var wrote = Write(fd, start + done, (nuint)(bytes.Length - done));
                if (wrote < 0 && Marshal.GetLastPInvokeError() != Eintr)
                    throw NativeFailure.Last("write");

                done += Math.Max(wrote, 0);
            }
        }
    }

    private static int Raised(int fd)
    {
        if (fd >= FirstOwn)
            return fd;

        var raised = Fcntl(fd, DupCloseOnExec, FirstOwn);
        var failure = raised < 0 ? NativeFailure.Last("fcntl") : null;
        Close(fd);
        return failure is null ? raised : throw failure;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
