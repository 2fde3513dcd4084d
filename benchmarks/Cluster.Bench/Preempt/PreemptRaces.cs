using ProverCluster.Bench.Measuring;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Bench.Preempt;

/// <summary>Races one after the other, the kinds of losers in turn, and keeps the times.</summary>
internal sealed class PreemptRaces(NodeUnderTest node, string goal)
{
    private readonly Dictionary<LoserKind, List<LoserTimes>> _times = [];
    private readonly Dictionary<LoserKind, int> _patience = [];

    /// <summary>Races in which the loser was not up when the winner answered; each was run again.</summary>
    public int Repeated { get; private set; }

    public IReadOnlyList<LoserTimes> Times(LoserKind kind) => _times.GetValueOrDefault(kind, []);

    public async Task RunAsync(IReadOnlyList<LoserKind> kinds, int races, bool counted = true)
    {
        for (var i = 0; i < races; i++)
        {
            var kind = kinds[i % kinds.Count];
            var times = await RaceAsync(kind);
            if (counted) (_times.TryGetValue(kind, out var known) ? known : _times[kind] = []).Add(times);
            Progress.Show("race", i + 1, races);
        }
    }

    private async Task<LoserTimes> RaceAsync(LoserKind kind)
    {
        var winners = kind.Winners;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var patience = _patience.GetValueOrDefault(kind);
            // The loser first: it has the start.
            var (answer, _, _) = await node.RaceAsync(goal, [BackendName.Parse(kind.Name), BackendName.Parse(winners[patience].Name)]);
            var (loser, winner) = (answer.Runs[0], answer.Runs[1]);
            if (winner.Outcome != RunOutcome.Won || loser.Outcome != RunOutcome.Preempted)
                throw new BenchRefusal($"{kind.Name} {loser.Outcome.Word()} ({loser.Detail}), its winner {winner.Outcome.Word()} ({winner.Detail})");
            if (WasUp(kind, loser)) return LoserTimes.Of(winner, loser);
            _patience[kind] = Math.Min(patience + 1, winners.Count - 1);
            Repeated++;
        }
        throw new BenchRefusal($"{kind.Name} was never up in time: this machine is too busy to measure on");
    }

    // The last sample is taken just before the signal.
    private static bool WasUp(LoserKind kind, RunRow loser) =>
        loser is { Usage.PeakRssBytes: { } peak, Times.Killed: not null } && peak >= (long)kind.LeastMiB << 20;
}
