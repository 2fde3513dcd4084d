using System.Runtime.InteropServices;

namespace ProverCluster.Cli.Inputs;

internal enum FileKind
{
    Regular,
    Folder,
    Other,
}

/// <summary>What a path is: opening a named pipe to find out would wait for its writer.</summary>
internal static partial class FileKinds
{
    private const int AtCurrentFolder = -100;
    private const uint TypeOnly = 1;

    /// <summary>What stands behind the path and its links; null for nothing.</summary>
    public static unsafe FileKind? Of(string path)
    {
        // struct statx is the same on every architecture: 256 bytes, the mode at 28.
        var buffer = stackalloc byte[256];
        if (Statx(AtCurrentFolder, path, 0, TypeOnly, buffer) != 0) return null;
        return (*(ushort*)(buffer + 28) & 0xf000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            _ => FileKind.Other,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
