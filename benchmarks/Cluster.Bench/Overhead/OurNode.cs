using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Bench.Overhead;

/// <summary>Us, in this process. The next measurement begins when the goal is settled: a loser in its last throes would disturb it.</summary>
internal sealed class OurNode(string name, NodeUnderTest node, params IReadOnlyList<BackendName> provers) : IContender
{
    public string Name => name;

    public IReadOnlyList<BackendName> Provers => provers;

    public async Task<double> DecideAsync(string goal)
    {
        var (_, decided) = await node.RaceAsync(goal, provers);
        return decided;
    }
}
