using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests.Samples;

/// <summary>The sample of the package's README, as it stands there.</summary>
public sealed class Five_lines
{
    [Fact]
    public async Task Prove_a_goal()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        var folder = Directory.CreateTempSubdirectory("client-sample-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.smt2");
            await File.WriteAllTextAsync(path, ClientWorld.Text);
            Assert.Equal(["Proved", "Proved", "Proved"], await RunAsync(world.Nodes[0].Address, world.Nodes[1].Address, path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Stands_in_the_readme()
    {
        var source = File.ReadAllText(Path.Combine(Repo.Root, "tests/Cluster.Client.Tests/Samples/Five_lines.cs")).Split("        // sample\n")[1].Trim('\n');
        var sample = string.Join('\n', source.Split('\n').Select(line => line.Length > 8 ? line[8..] : "")).Replace("first, second", "\"http://127.0.0.1:8081\", \"http://127.0.0.1:8082\"").Replace("path)", "\"a.smt2\")");
        Assert.Contains(sample.Trim(), File.ReadAllText(Path.Combine(Repo.Root, "src/Cluster.Client/README.md")));
    }

    private static async Task<List<string>> RunAsync(string first, string second, string path)
    {
        var (printed, progress, cancellationToken) = (new List<string>(), new Progress<RaceEvent>(), CancellationToken.None);
        var goals = new[] { Goal.FromFile(path), Goal.FromFile(path) };
        var options = new ProveOptions();
        // sample
        await using var prover = ProverClient.Connect(first, second);
        var result = await prover.ProveAsync(Goal.FromFile(path), new() { Timeout = TimeSpan.FromSeconds(10), Strategy = Strategy.Speculative }, progress, cancellationToken);
        Print(result);
        await foreach (var r in prover.ProveManyAsync(goals, options, cancellationToken)) Print(r);
        // sample
        return printed;

        void Print(ProveResult each) => printed.Add(each.Verdict == Verdict.Proved ? "Proved" : "not");
    }
}
