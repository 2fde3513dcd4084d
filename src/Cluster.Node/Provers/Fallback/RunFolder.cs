namespace ProverCluster.Node.Provers.Fallback;

/// <summary>The folders of one run without a sandbox: one with the goal, and one to write to.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The first after standard input, output and error.</summary>
    private const int ResultDescriptor = 3;

    private readonly string _root;
    private readonly string _goal;

    private RunFolder(string root, string goalFileName)
    {
        _root = root;
        _goal = Path.Combine(root, "goal", goalFileName);
        Private = Path.Combine(root, "folder");
    }

    /// <summary>Where the prover starts and may write.</summary>
    internal string Private { get; }

    internal static RunFolder Make(PrivateFolders folders, ProverCommand command)
    {
        var made = new RunFolder(folders.New(), command.GoalFileName);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(made._goal)!);
            Directory.CreateDirectory(made.Private);
            using (var goal = new FileStream(made._goal, FileMode.CreateNew, FileAccess.Write))
            {
                goal.Write(command.Goal.Span);
            }

            if (command.ResultFile is { } result)
                File.CreateSymbolicLink(Path.Combine(made.Private, result), $"/proc/self/fd/{ResultDescriptor}");

            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    internal string Fill(string argument) => argument.Replace("{goal}", _goal).Replace("{folder}", Private);

    public void Dispose() => PrivateFolders.Delete(_root);
}
