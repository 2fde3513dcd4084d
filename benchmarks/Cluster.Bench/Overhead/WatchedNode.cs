using System.Diagnostics;
using ProverCluster.Messages.Ids;
using ProverCluster.Node;

namespace ProverCluster.Bench.Overhead;

/// <summary>Us with all telemetry on: every instrument is listened to, and every trace recorded. Traces are of the process, so they are on only while it is this one's turn.</summary>
internal sealed class WatchedNode(OurNode node) : IContender
{
    public string Name => node.Name;

    public IReadOnlyList<BackendName> Provers => node.Provers;

    public async Task<double> DecideAsync(string goal)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProverNode.Instrumentation,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return await node.DecideAsync(goal);
    }
}
