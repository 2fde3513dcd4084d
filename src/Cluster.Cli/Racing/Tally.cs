using System.Collections.Concurrent;
using ProverCluster.Cli.Output;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Racing;

/// <summary>Counts what came of the goals, and passes on what it hears.</summary>
internal sealed class Tally(IRaceWatcher next, TimeProvider time) : IRaceWatcher
{
    private readonly long _began = time.GetTimestamp();
    private readonly ConcurrentDictionary<Verdict, int> _verdicts = new();

    /// <summary>All goals in one sentence; null for a single one, whose line says it all.</summary>
    public string? Sentence
    {
        get
        {
            var goals = _verdicts.Values.Sum();
            var parts = Enum.GetValues<Verdict>().Where(_verdicts.ContainsKey).Select(verdict => $"{_verdicts[verdict]} {verdict.Word()}");
            return goals > 1 ? $"{goals} goals in {Times.Shown(time.GetElapsedTime(_began))}: {string.Join(", ", parts)}" : null;
        }
    }

    public void Started(GoalId race, string name) => next.Started(race, name);

    public void Happened(GoalId race, RaceEvent what) => next.Happened(race, what);

    public void Ended(GoalId race, Verdict verdict)
    {
        _verdicts.AddOrUpdate(verdict, 1, (_, count) => count + 1);
        next.Ended(race, verdict);
    }
}
