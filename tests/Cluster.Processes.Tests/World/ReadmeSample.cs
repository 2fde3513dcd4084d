using ProverCluster.Client;

namespace ProverCluster.Processes.World;

/// <summary>The C# of the README, as it stands there but for the address.</summary>
internal static class ReadmeSample
{
    private const string Mark = "        // sample\n";

    /// <summary>What it prints.</summary>
    /// <param name="node">The HTTP address of a node.</param>
    /// <param name="path">A goal.</param>
    public static async Task<string> RunAsync(string node, string path)
    {
        using var Console = new StringWriter();
        // sample
        await using var prover = ProverClient.Connect(node);
        var result = await prover.ProveAsync(Goal.FromFile(path), new() { Timeout = TimeSpan.FromSeconds(10) });
        Console.WriteLine($"{result.Verdict} by {result.Winner}");
        // sample
        return Console.ToString();
    }

    /// <summary>How the README shows it.</summary>
    public static string Text() =>
        File.ReadAllText(Path.Combine(Repo.Root, "tests/Cluster.Processes.Tests/World/ReadmeSample.cs")).Split(Mark)[1]
            .Replace("        ", "    ").Replace("(node)", "(\"http://127.0.0.1:8081\")").Replace("(path)", "(\"a.smt2\")");
}
