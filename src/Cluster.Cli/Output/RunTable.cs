using System.Globalization;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Output;

/// <summary>The runs of one goal for people: who won, who was preempted, why, and when it was dead.</summary>
internal static class RunTable
{
    public static IEnumerable<string> Lines(GoalAnswer answer, string indent)
    {
        var table = new TextTable(
            ("backend", false), ("version", false), ("outcome", false), ("code", true), ("started", true), ("verdict", true),
            ("killed", true), ("dead", true), ("cpu", true), ("memory", true), ("why", false));
        foreach (var row in answer.Runs)
        {
            table.Add(
                row.Run.Backend.Value,
                Excerpt.Of(row.Version ?? Times.Never),
                row.Outcome.Word(),
                row.Code.ToString(CultureInfo.InvariantCulture),
                Times.Shown(row.Times.Started),
                Times.Shown(row.Times.Verdict),
                Times.Shown(row.Times.Killed),
                Times.Shown(row.Times.Reaped),
                Times.Shown(row.Usage.Cpu),
                Times.Shown(row.Usage.PeakRssBytes),
                Excerpt.Visible(Why(row)));
        }
        return table.Lines(indent);
    }

    private static string Why(RunRow row) => row.Stop?.Cause ?? row.Detail ?? (row.Szs == SzsStatus.Unknown ? "" : row.Szs.ToString());
}
