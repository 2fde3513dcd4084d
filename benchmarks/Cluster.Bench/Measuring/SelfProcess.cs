using System.Diagnostics;

namespace ProverCluster.Bench.Measuring;

/// <summary>
/// This program once more, in a process of its own and under another name. Its first line of output says how it is reached. It ends when its input closes: when it is
/// disposed, or when the benchmark itself ends, however that comes.
/// </summary>
internal sealed class SelfProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SelfProcess(Process process, string name) => (_process, Name) = (process, name);

    public string Name { get; }

    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    /// <param name="words">The name, and what else it is told.</param>
    public static async Task<SelfProcess> StartAsync(params string[] words)
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileName(program) == "dotnet" ? [typeof(SelfProcess).Assembly.Location] : [];
        var process = Process.Start(new ProcessStartInfo(program, [.. self, .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            return new SelfProcess(process, await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) ?? throw new EndOfStreamException());
        }
        catch (Exception e) when (e is TimeoutException or EndOfStreamException)
        {
            await EndAsync(process);
            throw new BenchRefusal($"{words[0]} did not start");
        }
    }

    public ValueTask DisposeAsync() => EndAsync(_process);

    private static async ValueTask EndAsync(Process process)
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }
        process.Dispose();
    }
}
