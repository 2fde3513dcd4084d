using System.Diagnostics;

namespace ProverCluster.Testing;

/// <summary>Prometheus's own tool.</summary>
internal static class Promtool
{
    /// <summary>How it ends, and all that it says.</summary>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="words">Its arguments.</param>
    public static async Task<(int Code, string Said)> TryAsync(string input, params string[] words)
    {
        using var tool = Process.Start(new ProcessStartInfo("promtool", words) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.StandardInput.WriteAsync(input);
        tool.StandardInput.Close();
        await tool.WaitForExitAsync();
        return (tool.ExitCode, string.Concat(await said));
    }
}
