using System.Diagnostics;

namespace ProverCluster.Cli.Tests.Service;

/// <summary>./node as it is built, in a folder of its own.</summary>
internal sealed class NodeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private Process? _process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("node-spec-").FullName;

    public Process Process => _process!;

    /// <summary>What it has in its environment beside our own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public void Start(params string[] words)
    {
        var start = BuiltProgram.Start(BuiltProgram.Node, words, Folder);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        _process = Process.Start(start);
    }

    /// <summary>A node that answers over HTTP on a free port; its address, once it is up.</summary>
    public async Task<string> StartWithHttpAsync(params string[] words)
    {
        Start(["--port", "0", "--http", "0", .. words]);
        var address = (await LineAsync()).Split(' ')[3].TrimEnd(';');
        while (!(await LineAsync()).Contains(" is up: ", StringComparison.Ordinal))
        {
        }

        return address;
    }

    /// <summary>A file of settings by which it has the backend <c>puppet</c>, which does without a sandbox what the goal says.</summary>
    /// <param name="own">More of the node's own settings.</param>
    /// <param name="more">Other settings, a line each.</param>
    /// <returns>Its path, for --config.</returns>
    public async Task<string> WithPuppetAsync(string own = "", params string[] more)
    {
        var config = Path.Combine(Folder, "puppet.conf");
        await File.WriteAllTextAsync(config, $$"""
            prover-cluster {
              backends.puppet { languages = [dimacs], executable = "{{Repo.Puppet}}", arguments = ["goal", "{goal}"], reading { proved = "unsat", refuted = "sat" } }
              sandbox.mode = off
              {{own}}
            }
            {{string.Join('\n', more)}}
            """);
        return config;
    }

    public async Task<string> LineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("it ended");
    }

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
