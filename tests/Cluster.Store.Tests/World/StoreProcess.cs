using System.Diagnostics;

namespace ProverCluster.Store;

/// <summary>A process with nothing but a store in it.</summary>
internal sealed class StoreProcess : IDisposable
{
    private readonly Process _process;

    private StoreProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    public static StoreProcess Start(int callers, string place)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "ProverCluster.StoreHost.dll"), $"{callers}", place]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new StoreProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it says; null if it has said all.</summary>
    public ValueTask<string?> SaidAsync() => new(_process.StandardOutput.ReadLineAsync());

    /// <summary>What it has said when it has ended, in whole lines.</summary>
    public async Task<string[]> EndAsync()
    {
        var said = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return said.Split('\n')[..^1];
    }

    /// <summary>With SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
