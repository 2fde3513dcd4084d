using System.Diagnostics;

namespace ProverCluster.Testing;

/// <summary>A program of the machine, carried out to its end.</summary>
internal static class Run
{
    public static async Task<string> DoAsync(params string[] line)
    {
        var (code, said) = await TryAsync(line);
        return code == 0 ? said : throw new InvalidOperationException($"{string.Join(' ', line)}: {code}: {said}");
    }

    public static async Task<(int Code, string Said)> TryAsync(params string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said).Trim());
    }
}
