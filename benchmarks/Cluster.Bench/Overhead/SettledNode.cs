using System.Diagnostics;
using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;
using ProverCluster.Node;

namespace ProverCluster.Bench.Overhead;

/// <summary>
/// Us, until the goal is settled: traces are told, losers measured and most lines written after the verdict. Traces are of the process, so they are on only while it is the
/// turn of one that is watched.
/// </summary>
internal sealed class SettledNode(string name, NodeUnderTest node, bool isWatched, params IReadOnlyList<BackendName> provers) : IContender
{
    public string Name => name;

    public IReadOnlyList<BackendName> Provers => provers;

    /// <returns>Milliseconds until nothing of the race was left.</returns>
    public async Task<double> DecideAsync(string goal)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => isWatched && source.Name == ProverNode.Instrumentation,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var race = node.RaceAsync(goal, provers);
        if (isWatched)
            node.ReadMetrics();
        return (await race).SettledMs;
    }
}
