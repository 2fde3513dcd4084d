using System.Text.Json;
using ProverCluster.Bench.Measuring;

namespace ProverCluster.Bench.Http;

/// <summary>An <see cref="HttpNode"/> that this benchmark has started.</summary>
internal sealed class HttpNodeProcess : IAsyncDisposable
{
    private readonly SelfProcess _process;

    private HttpNodeProcess(SelfProcess process) => _process = process;

    public Uri Address => new(_process.Name);

    public static async Task<HttpNodeProcess> StartAsync() => new(await SelfProcess.StartAsync(HttpNode.Word));

    /// <summary>Goals raced by clients in its own process.</summary>
    public Task<double[]> RaceAsync(int goals, int clients) => AskAsync(FormattableString.Invariant($"race {goals} {clients}"));

    /// <summary>Bytes on its heap after a collection, and bytes of the whole process.</summary>
    public async Task<(double Heap, double Resident)> MemoryAsync() => await AskAsync("memory") is [var heap, var resident] ? (heap, resident) : throw new BenchRefusal("a node does not answer");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<double[]> AskAsync(string line)
    {
        await _process.Input.WriteLineAsync(line);
        await _process.Input.FlushAsync();
        return JsonSerializer.Deserialize<double[]>(await _process.Output.ReadLineAsync() ?? throw new BenchRefusal("a node has ended"))!;
    }
}
