using System.Globalization;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Output;

/// <summary>The runs of one goal for people: who won, who was preempted, why, and when it was dead.</summary>
/// <param name="hasNodes">Whether there is more than one node, so that it is news where a run was.</param>
internal sealed class RunTable(bool hasNodes)
{
    public IEnumerable<string> Lines(IEnumerable<RunRow> runs, string indent)
    {
        var table = new TextTable(Columns);
        foreach (var row in runs)
            table.Add([.. Cells(row)]);
        return table.Lines(indent);
    }

    private (string Title, bool IsNumber)[] Columns =>
    [
        ("backend", false), ("version", false), .. hasNodes ? [("node", false)] : Array.Empty<(string, bool)>(), ("outcome", false), ("code", true), ("started", true),
        ("verdict", true), ("killed", true), ("dead", true), ("cpu", true), ("memory", true), ("why", false),
    ];

    private IEnumerable<string> Cells(RunRow row)
    {
        yield return row.Run.Backend.Value;
        yield return Excerpt.Of(row.Version ?? Times.Never);
        if (hasNodes) yield return Excerpt.Of(row.Node ?? Times.Never);
        yield return row.Outcome.Word();
        yield return row.Code.ToString(CultureInfo.InvariantCulture);
        yield return Times.Shown(row.Times.Started);
        yield return Times.Shown(row.Times.Verdict);
        yield return Times.Shown(row.Times.Killed);
        yield return Times.Shown(row.Times.Reaped);
        yield return Times.Shown(row.Usage.Cpu);
        yield return Times.Shown(row.Usage.PeakRssBytes);
        yield return Excerpt.Visible(Why(row));
    }

    private static string Why(RunRow row) => row.Stop?.Cause ?? row.Detail ?? (row.Szs == SzsStatus.Unknown ? "" : row.Szs.ToString());
}
