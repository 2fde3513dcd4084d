#pragma warning disable RS0030 // the one wait of a start, bounded
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>Finds out whether provers can be run in a sandbox here, by doing it once.</summary>
internal static class SandboxProbe
{
    internal const string NotInstalled = "bwrap is not on PATH (Debian's package is bubblewrap)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal static string? FindBwrap(string name) =>
        Path.IsPathRooted(name)
            ? File.Exists(name) ? name : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(':')
                .Where(Path.IsPathRooted)
                .Select(folder => Path.Combine(folder, name))
                .FirstOrDefault(File.Exists);

    /// <summary>Why it does not work, in bubblewrap's own words, or null.</summary>
    internal static string? Fault(IProverLauncher launcher)
    {
        var seen = new Seen();
        var process = launcher.Start(
            new ProverCommand("probe", "/usr/bin/true", [], new Dictionary<string, string>(), [], "probe"u8.ToArray(), "probe", null, 1 << 20), seen);
        if (!seen.Done.Wait(Patience))
        {
            process.Kill();
            return $"bubblewrap was not done after {Patience.TotalSeconds} s";
        }

        return seen.Done.Result switch
        {
            RunEnd.Exited { Code: 0 } => null,
            RunEnd.NeverStarted never => $"{never.Detail} (bubblewrap 0.8 and user namespaces are needed)",
            var end => $"a trial run in bubblewrap ended with {end}",
        };
    }

    private sealed class Seen : IProverObserver
    {
        private readonly TaskCompletionSource<RunEnd> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<RunEnd> Done => _done.Task;

        public void Started()
        {
        }

        public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes)
        {
        }

        public void Drained()
        {
        }

        public void Ended()
        {
        }

        public void Reaped(RunEnd end, RunUsage usage) => _done.TrySetResult(end);
    }
}
