namespace ProverCluster.Node.Provers;

/// <summary>What to start: an immutable description of one prover's process.</summary>
/// <param name="Run">The run's id; carried in the process's environment, so that what it starts can be told.</param>
/// <param name="Executable">An absolute path.</param>
/// <param name="Arguments">After the executable; <c>{goal}</c> and <c>{folder}</c> become the paths of the goal's file and of the private folder.</param>
/// <param name="Environment">Added to a clean environment.</param>
/// <param name="ReadOnly">Absolute folders that it needs to see beyond the system's own.</param>
/// <param name="Goal">The bytes of the goal's file.</param>
/// <param name="GoalFileName">Its file name, with the ending that provers expect.</param>
/// <param name="ResultFile">A file in the private folder whose bytes are read like a third pipe, or null.</param>
/// <param name="FolderBytes">The most that the private folder may hold.</param>
internal sealed record ProverCommand(
    string Run,
    string Executable,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> ReadOnly,
    ReadOnlyMemory<byte> Goal,
    string GoalFileName,
    string? ResultFile,
    long FolderBytes);
