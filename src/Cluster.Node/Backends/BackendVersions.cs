using System.Collections.Concurrent;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Backends;

/// <summary>
/// Asks provers for their versions, each program once. Never a reason for an error: who does not answer has none. A program
/// that is replaced while the node runs is asked again.
/// </summary>
internal sealed class BackendVersions(IProverLauncher launcher, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const long FolderBytes = 1 << 20;

    private readonly ConcurrentDictionary<Program, Lazy<Task<string?>>> _asked = new();

    /// <summary>The version, or null. Does not wait for the program; the task never fails.</summary>
    public Task<string?> OfAsync(PlannedBackend backend)
    {
        if (backend.Path is not { } path || backend.Backend.VersionArguments.Count == 0) return Task.FromResult<string?>(null);
        var file = new FileInfo(path);
        if (!file.Exists) return Task.FromResult<string?>(null);
        var program = new Program(path, file.LastWriteTimeUtc, file.Length, string.Join('\0', backend.Backend.VersionArguments));
        return _asked.GetOrAdd(program, _ => new Lazy<Task<string?>>(() => AskAsync(backend.Backend, path))).Value;
    }

    private async Task<string?> AskAsync(Backend backend, string path)
    {
        var answer = new VersionAnswer();
        try
        {
            var process = launcher.Start(Question(backend, path), answer);
            await using var timer = time.CreateTimer(_ => process.Kill(), null, Longest, Timeout.InfiniteTimeSpan);
            return await answer.Version;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    private static ProverCommand Question(Backend backend, string path) => new(
        $"version/{backend.Name}",
        path,
        backend.VersionArguments,
        backend.Environment,
        backend.ReadOnly,
        ReadOnlyMemory<byte>.Empty,
        backend.GoalFileName,
        ResultFile: null,
        FolderBytes);

    private sealed record Program(string Path, DateTime Modified, long Size, string Arguments);
}
