using System.Globalization;
using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Provers.Fallback;

/// <summary>
/// The runs' private folders where there is no sandbox: below a folder of this user's own, one for each node, named by the node's
/// pid and start time, so that the next node can tell a dead node's and remove it.
/// </summary>
internal sealed class PrivateFolders : IDisposable
{
    /// <summary>rwx------</summary>
    private const uint OnlyOwner = 0x1c0;

    private long _last;

    /// <param name="parent">Where to make them; null for this user's run-time folder, or one in /tmp.</param>
    internal PrivateFolders(string? parent = null)
    {
        var root = Path.Combine(parent ?? RuntimeFolder(), $"prover-cluster-{Libc.GetEuid()}");
        MakeOwn(root);
        SweepDead(root);
        OfNode = Path.Combine(root, $"{NodeName(Environment.ProcessId)}-{Guid.NewGuid():N}");
        MakeOwn(OfNode);
    }

    /// <summary>Has all of this node's.</summary>
    internal string OfNode { get; }

    /// <summary>A new empty folder for a run.</summary>
    internal string New()
    {
        var folder = Path.Combine(OfNode, Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));
        return Libc.MakeFolder(folder, OnlyOwner) == 0 ? folder : throw NativeFailure.Last(folder);
    }

    /// <summary>
    /// Removes a folder whatever a prover has made of it, and whoever else is removing what is in it; a link is removed, never followed. What cannot be
    /// removed now is tried again when the node ends, and by the next one.
    /// </summary>
    internal static void Delete(string folder) => Delete(new DirectoryInfo(folder));

    public void Dispose() => Delete(OfNode);

    private static void Delete(FileSystemInfo entry)
    {
        try
        {
            if (entry is not DirectoryInfo folder || folder.LinkTarget is not null)
            {
                File.Delete(entry.FullName);
                return;
            }

            // One that its owner may not read cannot be emptied.
            _ = Libc.ChangeMode(folder.FullName, OnlyOwner);
            foreach (var inner in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
                Delete(inner);
            folder.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string RuntimeFolder() =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : "/tmp";

    private static string NodeName(int pid) => $"{pid}-{ProcStat.Of(pid)?.StartTicks}";

    /// <summary>In /tmp somebody else may have made it, to read along or to lead us astray by a link.</summary>
    private static void MakeOwn(string folder)
    {
        _ = Libc.MakeFolder(folder, OnlyOwner);
        if (!Ownership.IsOursAlone(folder))
            throw new IOException($"{folder}: not a folder that only this user can enter; remove it");
    }

    private static void SweepDead(string root)
    {
        foreach (var folder in Directory.GetDirectories(root))
        {
            var name = Path.GetFileName(folder).Split('-');
            if (name.Length == 3 && int.TryParse(name[0], CultureInfo.InvariantCulture, out var pid) && NodeName(pid) != $"{name[0]}-{name[1]}")
                Delete(folder);
        }
    }
}
