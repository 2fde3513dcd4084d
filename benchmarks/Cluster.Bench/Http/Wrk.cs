using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ProverCluster.Bench.Cluster;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Http;

/// <summary>Debian's <c>wrk</c>, which asks as fast as it is answered. Its own figures stand beside ours.</summary>
internal sealed partial class Wrk(string path)
{
    // The id is a fresh one each time, so every request is a race of its own.
    private const string Script = """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/dimacs"
        wrk.body = "p cnf 1 1\n1 0\n"
        """;

    /// <summary>Submits and waits over so many connections.</summary>
    public async Task<WrkFigures> MeasureAsync(Uri node, int connections, TimeSpan time)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script);
            var said = await RunAsync(
                "--threads", "1", "--connections", Text(connections), "--duration", $"{Text((int)time.TotalSeconds)}s", "--latency", "--script", script,
                new Uri(node, $"/v1/goals?wait=true&backends={TimedCatalogue.AtOnce}").ToString());
            if (said.Contains("Non-2xx", StringComparison.Ordinal) || said.Contains("Socket errors", StringComparison.Ordinal)) throw new BenchRefusal($"wrk met failures: {said}");
            return new WrkFigures(connections, double.Parse(Value(said, Rate()), CultureInfo.InvariantCulture), Milliseconds(Value(said, P50())), Milliseconds(Value(said, P99())));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private async Task<string> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(path, words) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new BenchRefusal($"wrk left with {process.ExitCode}: {said}");
    }

    private static string Value(string said, Regex what) => what.Match(said) is { Success: true } found ? found.Groups[1].Value : throw new BenchRefusal($"wrk says something else than was expected: {said}");

    /// <summary>Such as 913.00us, 1.23ms or 2.00s, which configuration would read too but for the microseconds.</summary>
    private static double Milliseconds(string text)
    {
        if (text.EndsWith("us", StringComparison.Ordinal)) return double.Parse(text[..^2], CultureInfo.InvariantCulture) / 1000;
        return new DurationRange("0ms", "1d").TryRead(text, out var time) ? time.TotalMilliseconds : throw new BenchRefusal($"wrk says '{text}' of a time");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^\s+50%\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex P50();

    [GeneratedRegex(@"^\s+99%\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex P99();
}

/// <param name="Connections">How many.</param>
/// <param name="PerSecond">Requests.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record WrkFigures(int Connections, double PerSecond, double P50, double P99);
