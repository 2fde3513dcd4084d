using System.Diagnostics;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Bench.Overhead;

/// <summary>Us, until the goal is settled, and its trace told where there is one: losers are measured and most lines written after the verdict.</summary>
internal sealed class SettledNode(string name, NodeUnderTest node, TraceExport? traces, params IReadOnlyList<BackendName> provers) : IContender
{
    public string Name => name;

    public IReadOnlyList<BackendName> Provers => provers;

    /// <returns>Milliseconds until nothing of the race was left, and nothing to be told of it.</returns>
    public async Task<double> DecideAsync(string goal)
    {
        if (traces is null)
            return (await node.RaceAsync(goal, provers)).SettledMs;
        var began = Stopwatch.GetTimestamp();
        traces.BeginTurn();
        var race = node.RaceAsync(goal, provers);
        node.ReadMetrics();
        var (answer, _, settled) = await race;
        var ms = Math.Max(settled, Stopwatch.GetElapsedTime(began, await traces.ToldAsync(answer.Id)).TotalMilliseconds);
        traces.EndTurn();
        return ms;
    }
}
