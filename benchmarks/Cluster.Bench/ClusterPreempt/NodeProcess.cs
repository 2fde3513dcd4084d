using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>A <see cref="StampedNode"/> that this benchmark has started. It ends when it is disposed, or when the benchmark itself ends.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunStamps>> _runs;

    private NodeProcess(Process process, ConcurrentDictionary<string, TaskCompletionSource<RunStamps>> runs) => (_process, _runs) = (process, runs);

    public string Name { get; private set; } = "";

    /// <param name="runs">Where the runs of all nodes are told.</param>
    /// <param name="role">What it does.</param>
    /// <param name="tick">The runners' pace.</param>
    /// <param name="sandbox">As a word.</param>
    /// <param name="seeds">Whom it joins.</param>
    public static async Task<NodeProcess> StartAsync(
        ConcurrentDictionary<string, TaskCompletionSource<RunStamps>> runs, string role, TimeSpan tick, string sandbox, params string[] seeds)
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileName(program) == "dotnet" ? [typeof(NodeProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. self, StampedNode.Word, role, tick.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), sandbox, .. seeds])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var node = new NodeProcess(Process.Start(start)!, runs);
        node.Name = await node._process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) ?? throw new BenchRefusal("a node did not start");
        _ = node.ReadAsync();
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var stamps = JsonSerializer.Deserialize<RunStamps>(line)!;
            _runs.GetOrAdd(stamps.Run, _ => new TaskCompletionSource<RunStamps>(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult(stamps);
        }
    }
}
