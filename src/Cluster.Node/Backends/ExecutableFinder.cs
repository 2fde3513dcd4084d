using ProverCluster.Node.Provers.Launching;

namespace ProverCluster.Node.Backends;

/// <summary>Finds programs as a shell would, without one.</summary>
public static class ExecutableFinder
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// The program's absolute path with every link resolved, or null. A path that is given in full is taken as it is, so
    /// that a file which cannot be executed is told as that, and not as a prover that is missing.
    /// </summary>
    public static string? Find(string executable) => Find(executable, Environment.GetEnvironmentVariable("PATH") ?? "");

    internal static string? Find(string executable, string path)
    {
        if (executable.StartsWith('/')) return File.Exists(executable) ? Resolve(executable) : null;
        // A relative folder on PATH would mean another program in another folder.
        foreach (var folder in path.Split(':').Where(each => each.StartsWith('/')))
        {
            var candidate = Path.Combine(folder, executable);
            if (IsExecutable(candidate)) return Resolve(candidate);
        }
        return null;
    }

    private static bool IsExecutable(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        try
        {
            return File.Exists(path) && (File.GetUnixFileMode(path) & AnyExecute) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The sandbox shows only the program itself, under its real name.
    private static string? Resolve(string path)
    {
        try
        {
            return ProverFile.Resolve(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
