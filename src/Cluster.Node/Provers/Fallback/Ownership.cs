using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Fallback;

/// <summary>Whose a folder is.</summary>
internal static class Ownership
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether it is a real folder, belongs to this user, and nobody else may enter it.</summary>
    internal static bool IsOursAlone(string folder)
    {
        var info = new DirectoryInfo(folder);
        return info is { Exists: true, LinkTarget: null } && (info.UnixFileMode & OfOthers) == 0 && Owner(folder) == Libc.GetEuid();
    }

    private static unsafe uint? Owner(string path)
    {
        // struct statx: mask 4, blksize 4, attributes 8, nlink 4, uid 4; unlike stat, the same on every architecture.
        var status = stackalloc byte[256];
        return Libc.StatX(-100, path, 0x100, 0x08, status) == 0 ? *(uint*)(status + 20) : null;
    }
}
