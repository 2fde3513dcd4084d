using System.Buffers.Text;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Sampling;

/// <summary>Reads small files and folders of /proc without allocating: it is done for every run at every tick.</summary>
internal static unsafe class ProcFiles
{
    /// <summary>Reads the beginning of <c>/proc/PID + suffix</c>.</summary>
    /// <returns>How much was read; nothing if the process is gone.</returns>
    internal static int Read(int pid, ReadOnlySpan<byte> suffix, Span<byte> into)
    {
        var fd = Open(pid, suffix);
        if (fd < 0)
            return 0;

        var length = 0;
        fixed (byte* buffer = into)
        {
            // The kernel hands out a page at most each time.
            for (nint read; length < into.Length && (read = Libc.Read(fd, buffer + length, (nuint)(into.Length - length))) > 0;)
                length += (int)read;
        }

        _ = Libc.Close(fd);
        return length;
    }

    /// <summary>Adds every entry of a folder whose name is a number.</summary>
    internal static void AddNumbers(int pid, ReadOnlySpan<byte> suffix, List<int> into)
    {
        var fd = Open(pid, suffix);
        if (fd < 0)
            return;

        var buffer = stackalloc byte[16 * 1024];
        for (nint size; (size = Libc.GetDents(fd, buffer, 16 * 1024)) > 0;)
        {
            // struct linux_dirent64: inode 8, offset 8, length 2, type 1, name.
            for (nint at = 0; at < size; at += *(ushort*)(buffer + at + 16))
            {
                var name = new ReadOnlySpan<byte>(buffer + at + 19, 12);
                if (name[0] is >= (byte)'1' and <= (byte)'9' && Utf8Parser.TryParse(name, out int number, out _))
                    into.Add(number);
            }
        }

        _ = Libc.Close(fd);
    }

    /// <summary>Opens <c>/proc/PID + suffix</c>, or <c>/proc</c> itself for pid 0.</summary>
    private static int Open(int pid, ReadOnlySpan<byte> suffix)
    {
        var path = stackalloc byte[64];
        var span = new Span<byte>(path, 64);
        "/proc"u8.CopyTo(span);
        var length = 5;
        if (pid > 0)
        {
            span[length++] = (byte)'/';
            Utf8Formatter.TryFormat(pid, span[length..], out var digits);
            length += digits;
        }

        suffix.CopyTo(span[length..]);
        span[length + suffix.Length] = 0;
        return Libc.Open(path, Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
    }
}
