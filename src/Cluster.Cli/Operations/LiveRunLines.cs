using System.Globalization;
using ProverCluster.Cli.Output;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Operations;

/// <summary>What a node runs, for people: a table below its name.</summary>
internal static class LiveRunLines
{
    /// <summary>A run of somebody else's goal.</summary>
    private const string Others = "(another's)";

    public static string Of(NodeRunsView view)
    {
        var name = Excerpt.Visible(view.Node);
        if (view.Runs.Count == 0) return $"{name}: nothing runs";
        var table = new TextTable(("run", false), ("backend", false), ("state", false), ("age", true), ("cpu", true), ("memory", true), ("tick late", true), ("worst", true), ("processes", false));
        foreach (var run in view.Runs)
        {
            table.Add(
                run.Run?.ToString() ?? Others, run.Backend.Value, run.Stage.Word(), Times.Shown(run.Age), Times.Shown(run.Use?.Cpu), Times.Shown(run.Use?.RssBytes),
                Times.Shown(run.Use?.TickLate), Times.Shown(run.Use?.WorstTickLate), Words(run.Use?.Processes));
        }

        return string.Join('\n', table.Lines("  ").Prepend(name));
    }

    private static string Words(IReadOnlyList<int>? processes) =>
        processes is null ? Times.Never : string.Join(' ', processes.Select(process => process.ToString(CultureInfo.InvariantCulture)));
}
