using ProverCluster.Node.Provers.Launching;

namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>The command line of bubblewrap for one prover.</summary>
internal static class SandboxCommand
{
    internal const string GoalFolder = "/run/goal";
    internal const string PrivateFolder = "/run/folder";

    /// <summary>The descriptors bubblewrap is given; it closes the first three before the prover runs, and hands the last on.</summary>
    internal const int StatusDescriptor = 3;
    internal const int GoalDescriptor = 4;
    internal const int GateDescriptor = 5;
    internal const int ResultDescriptor = 6;

    private static readonly string[] Devices = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

    // --die-with-parent: the node's death, also by SIGKILL, is the prover's.
    // --disable-userns: a prover cannot get the powers back that a user namespace of its own would give it.
    // The uid is mapped to nobody's, but a file of root's is root's all the same if the node runs as root: hence every
    // mount is read-only, /proc too, where root needs no capability to write kernel settings such as core_pattern.
    private static readonly IReadOnlyList<string> Before =
    [
        "bwrap",
        "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL", "--disable-userns",
        "--die-with-parent", "--new-session",
        "--json-status-fd", $"{StatusDescriptor}",
        "--block-fd", $"{GateDescriptor}",
        .. SystemFolders.Options,
        "--proc", "/proc", "--remount-ro", "/proc",
        .. Devices.SelectMany(device => new[] { "--dev-bind", device, device }),
        "--symlink", "/proc/self/fd", "/dev/fd",
        "--symlink", "/proc/self/fd/0", "/dev/stdin",
        "--symlink", "/proc/self/fd/1", "/dev/stdout",
        "--symlink", "/proc/self/fd/2", "/dev/stderr",
    ];

    // The root is a file system in memory without a bound, so nobody may write there; remounting does not reach what is mounted below.
    private static readonly IReadOnlyList<string> After = ["--remount-ro", "/", "--chdir", PrivateFolder, "--"];

    internal static List<string> For(ProverCommand command)
    {
        List<string> line = [.. Before];
        var resolved = ProverFile.Resolve(command.Executable);
        var known = SystemFolders.Contain(resolved);
        if (!known)
            line.AddRange(["--ro-bind", resolved, resolved]);

        foreach (var folder in command.ReadOnly)
            line.AddRange(["--ro-bind", folder, folder]);

        var goal = $"{GoalFolder}/{command.GoalFileName}";
        line.AddRange(["--size", $"{command.FolderBytes}", "--perms", "0700", "--tmpfs", PrivateFolder]);
        line.AddRange(["--perms", "0400", "--ro-bind-data", $"{GoalDescriptor}", goal]);
        if (command.ResultFile is { } result)
            line.AddRange(["--symlink", $"/proc/self/fd/{ResultDescriptor}", $"{PrivateFolder}/{result}"]);

        line.AddRange(After);

        // A program may go by the name it is called by, so a link within the system's folders is kept.
        line.Add(known && SystemFolders.Contain(command.Executable) ? command.Executable : resolved);
        line.AddRange(command.Arguments.Select(argument => argument.Replace("{goal}", goal).Replace("{folder}", PrivateFolder)));
        return line;
    }
}
