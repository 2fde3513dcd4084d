using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Bench.Overhead;

/// <summary>Us, in this process. The next measurement begins when the goal is settled: a loser in its last throes would disturb it.</summary>
internal sealed class OurNode(string name, NodeUnderTest node, params IReadOnlyList<BackendName> provers) : IContender
{
    private readonly List<Legs> _legs = [];

    public string Name => name;

    public IReadOnlyList<BackendName> Provers => provers;

    /// <summary>The legs of every race so far.</summary>
    public IReadOnlyList<Legs> Raced => _legs;

    public async Task<double> DecideAsync(string goal)
    {
        var (answer, decided, _) = await node.RaceAsync(goal, provers);
        var won = answer.Runs.First(run => run.Run == answer.Winner).Times;
        var (started, verdict) = (won.Started!.Value.TotalMilliseconds, won.Verdict!.Value.TotalMilliseconds);
        _legs.Add(new Legs(started, verdict - started, decided - verdict));
        return decided;
    }
}

/// <summary>Where the time of one race went, in milliseconds.</summary>
/// <param name="ToStart">From the goal's acceptance until the winner was spawned.</param>
/// <param name="Prover">From then until its verdict was read: making the sandbox and proving.</param>
/// <param name="Beside">The rest: reading the goal, and messages.</param>
internal sealed record Legs(double ToStart, double Prover, double Beside);
