using System.Text.Json;
using ProverCluster.Cli.Tests.BadInput;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>The shipped examples, and what the table beside them says of each.</summary>
internal static class Promised
{
    public static readonly string Examples = Path.Combine(Repo.Root, "examples");

    public static IEnumerable<JsonElement> Answers(ProveProcess prove) =>
        prove.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>What was printed with <c>--json</c> is what the table promises.</summary>
    public static void VerdictsAre(ProveProcess prove)
    {
        var verdicts = Answers(prove).Select(goal => (Path.GetFileName(goal.GetProperty("goal").GetString()!), goal.GetProperty("verdict").GetString()!));
        var promised = File.ReadLines(Path.Combine(Examples, "README.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('.', StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], cells[3].Split(',')[0]));
        Assert.Equal(promised.Order(), verdicts.Order());
        Assert.Equal(1, prove.Code);
    }
}
