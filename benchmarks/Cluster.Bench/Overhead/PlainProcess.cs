using System.Collections;
using System.Diagnostics;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Bench.Overhead;

/// <summary>A process by the leanest means: <c>posix_spawn</c>, its output to /dev/null, and a <c>wait4</c> that blocks.</summary>
internal static class PlainProcess
{
    private static readonly string[] Inherited =
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}")];

    /// <returns>Milliseconds from before its start until it was reaped.</returns>
    public static unsafe double Run(string path, IReadOnlyList<string> arguments)
    {
        var began = Stopwatch.GetTimestamp();
        var none = DevNull.Descriptor;
        var pid = Spawn.Start(path, arguments, Inherited, [none, none, none]);
        var reaped = Libc.Wait4(pid, out var status, 0, null);
        var milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return reaped == pid && status == 0 ? milliseconds : throw new BenchRefusal($"{string.Join(' ', arguments)} ended with status {status}");
    }
}
