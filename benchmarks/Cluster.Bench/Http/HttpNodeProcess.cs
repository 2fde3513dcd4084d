using System.Diagnostics;
using System.Text.Json;

namespace ProverCluster.Bench.Http;

/// <summary>An <see cref="HttpNode"/> that this benchmark has started. It ends when it is disposed, or when the benchmark itself ends.</summary>
internal sealed class HttpNodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private HttpNodeProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<HttpNodeProcess> StartAsync()
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileName(program) == "dotnet" ? [typeof(HttpNodeProcess).Assembly.Location] : [];
        var process = Process.Start(new ProcessStartInfo(program, [.. self, HttpNode.Word]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) ?? throw new BenchRefusal("a node did not start");
        return new HttpNodeProcess(process, new Uri(address));
    }

    /// <summary>Goals raced by clients in its own process.</summary>
    public Task<double[]> RaceAsync(int goals, int clients) => AskAsync(FormattableString.Invariant($"race {goals} {clients}"));

    /// <summary>Bytes on its heap after a collection, and bytes of the whole process.</summary>
    public async Task<(double Heap, double Resident)> MemoryAsync() => await AskAsync("memory") is [var heap, var resident] ? (heap, resident) : throw new BenchRefusal("a node does not answer");

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

    private async Task<double[]> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<double[]>(await _process.StandardOutput.ReadLineAsync() ?? throw new BenchRefusal("a node has ended"))!;
    }
}
