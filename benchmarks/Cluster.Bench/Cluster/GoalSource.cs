using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node;

namespace ProverCluster.Bench.Cluster;

/// <summary>Small formulas of which no two are the same, so that every one has to be brought to the nodes that race it.</summary>
internal sealed class GoalSource(IReadOnlyList<BackendName> backends)
{
    private static readonly GoalLimits s_limits = new(TimeSpan.FromMinutes(5), RunTimeout: null, RunCpu: null, MemoryBytes: 1 << 30, OutputBytes: 1 << 20);

    private int _last;

    public (Goal Goal, GoalDocument Document) Next()
    {
        var number = Interlocked.Increment(ref _last);
        var text = Encoding.ASCII.GetBytes($"c {number} {Guid.NewGuid():N}\np cnf 1 1\n1 0\n");
        if (!GoalReader.TryRead(GoalLanguage.Dimacs, text, out var document, out var rejection)) throw new InvalidOperationException(rejection.ToString());
        return (new Goal(
            GoalId.New(), $"goal-{number}", GoalLanguage.Dimacs, TextDigest.Of(text), s_limits, Strategy.Speculative, backends,
            KeepOutput: false, new Dictionary<string, string>()), document);
    }

    /// <summary>Races the next one to its end.</summary>
    public async Task<GoalAnswer> RaceAsync(IGoalRaces races)
    {
        var (goal, document) = Next();
        var answer = await races.RaceAsync(goal, document, null, CancellationToken.None);
        return answer.Verdict == Verdict.Proved ? answer : throw new BenchRefusal($"{answer.Name} was not proved: {answer.Reason}");
    }
}
