using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>A prover's executable, looked at before anything is started.</summary>
internal static class ProverFile
{
    /// <summary>What is wrong with a command, or null.</summary>
    internal static RunEnd.NeverStarted? Fault(ProverCommand command)
    {
        if (!Path.IsPathRooted(command.Executable))
            return Failed($"{command.Executable}: not an absolute path");

        if (Directory.Exists(command.Executable))
            return Failed($"{command.Executable}: a folder, not a program");

        if (!File.Exists(command.Executable))
            return new RunEnd.NeverStarted(NoStart.Unavailable, $"{command.Executable}: no such file");

        if (Libc.Access(command.Executable, Libc.AccessExecute) != 0)
            return Failed($"{command.Executable}: not executable");

        if (!IsPlainName(command.GoalFileName) || (command.ResultFile is { } result && !IsPlainName(result)))
            return Failed($"{command.GoalFileName}, {command.ResultFile}: a file name is wanted, without a folder");

        return command.ReadOnly.Select(ReadOnlyFolder.Fault).OfType<string>().FirstOrDefault() is { } fault ? Failed(fault) : null;
    }

    /// <summary>The file behind all symbolic links.</summary>
    internal static string Resolve(string path)
    {
        // ResolveLinkTarget follows the last part only; every folder on the way may be a link too.
        var resolved = "/";
        var left = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; left.TryPop(out var part);)
        {
            var next = Path.GetFullPath(Path.Combine(resolved, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > 40)
                throw new IOException($"{path}: too many symbolic links");

            resolved = Path.IsPathRooted(target) ? "/" : resolved;
            foreach (var targetPart in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                left.Push(targetPart);
        }

        return resolved;
    }

    private static bool IsPlainName(string name) => name is not ("" or "." or "..") && !name.Contains('/') && !name.Contains('\0');

    private static RunEnd.NeverStarted Failed(string detail) => new(NoStart.Failed, detail);
}
