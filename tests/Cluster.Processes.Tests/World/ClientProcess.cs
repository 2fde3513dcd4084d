using System.Diagnostics;

namespace ProverCluster.Processes.World;

/// <summary><c>./prove --cluster</c>, in a process of its own.</summary>
internal sealed class ClientProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lines _said = new();

    private ClientProcess(Process process) => _process = process;

    public string Said => _said.Text;

    /// <param name="nodes">Whom it talks to; the first of them.</param>
    /// <param name="backend">Who is to prove.</param>
    /// <param name="file">The goal.</param>
    public static ClientProcess Start(HttpNodes nodes, string backend, string file)
    {
        string[] words = [Path.Combine(AppContext.BaseDirectory, "ProverCluster.Cli.dll"), "--cluster", nodes.All[0].Http.ToString(), "--backends", backend, file];
        var start = new ProcessStartInfo(Environment.ProcessPath!, words) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = nodes.Folder };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["PROVER_CLUSTER_UNDERTAKER"] = nodes.Undertaker.Mark;
        var client = new ClientProcess(new Process { StartInfo = start });
        client._process.OutputDataReceived += (_, said) => client._said.Add(said.Data);
        client._process.ErrorDataReceived += (_, said) => client._said.Add(said.Data);
        client._process.Start();
        nodes.Undertaker.Kill(client._process.Id);
        client._process.BeginOutputReadLine();
        client._process.BeginErrorReadLine();
        return client;
    }

    public void Signal(PosixSignals signal) => NodeProcess.Signal(_process.Id, signal);

    /// <summary>Its exit value, when it has one; all that it said has been heard by then.</summary>
    public async Task<int> ExitAsync()
    {
        await Patience.ForAsync(_process.WaitForExitAsync(), "the end of a client", () => Said);
        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();
}
