using System.Collections.Concurrent;
using System.Text.Json;
using ProverCluster.Bench.Measuring;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>A <see cref="StampedNode"/> that this benchmark has started.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly SelfProcess _process;

    private NodeProcess(SelfProcess process) => _process = process;

    public string Name => _process.Name;

    /// <param name="runs">Where the runs of all nodes are told.</param>
    /// <param name="role">What it does.</param>
    /// <param name="tick">The runners' pace.</param>
    /// <param name="sandbox">As a word.</param>
    /// <param name="seeds">Whom it joins.</param>
    public static async Task<NodeProcess> StartAsync(
        ConcurrentDictionary<string, TaskCompletionSource<RunStamps>> runs, string role, TimeSpan tick, string sandbox, params string[] seeds)
    {
        var node = new NodeProcess(await SelfProcess.StartAsync([StampedNode.Word, role, FormattableString.Invariant($"{tick.TotalMilliseconds}"), sandbox, .. seeds]));
        _ = node.ReadAsync(runs);
        return node;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadAsync(ConcurrentDictionary<string, TaskCompletionSource<RunStamps>> runs)
    {
        while (await _process.Output.ReadLineAsync() is { } line)
        {
            var stamps = JsonSerializer.Deserialize<RunStamps>(line)!;
            runs.GetOrAdd(stamps.Run, _ => new TaskCompletionSource<RunStamps>(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult(stamps);
        }
    }
}
