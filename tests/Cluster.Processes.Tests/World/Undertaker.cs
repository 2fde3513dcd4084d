using System.Diagnostics;

namespace ProverCluster.Processes.World;

/// <summary>
/// Ends what a test has started: when it is disposed, and also when the process of the tests is killed, since it is a process of its own that waits
/// for the end of its input.
/// </summary>
internal sealed class Undertaker : IAsyncDisposable
{
    // What was made last is undone first. Deaf to a Ctrl+C on the terminal, at which the tests die.
    private const string Script = """
        trap '' INT TERM HUP
        while IFS= read -r line; do undo="$line
        $undo"; done
        eval "$undo"
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardError = true })!;

    /// <summary>Is in the environment of every process that is to be killed: a number alone may be another's by then.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N");

    public void Kill(int pid) => Undo($"grep -qs {Mark} /proc/{pid}/environ && kill -9 {pid}");

    /// <param name="command">For the shell, in one line.</param>
    public void Undo(string command)
    {
        lock (_process)
        {
            _process.StandardInput.WriteLine(command);
            _process.StandardInput.Flush();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        _process.Dispose();
    }
}
