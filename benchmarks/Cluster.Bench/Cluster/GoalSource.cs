using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node;

namespace ProverCluster.Bench.Cluster;

/// <summary>Small formulas of which no two are the same, so that every one has to be brought to the nodes that race it.</summary>
/// <param name="backends">Who races for them.</param>
/// <param name="language">DIMACS or SMT-LIB 2.</param>
internal sealed class GoalSource(IReadOnlyList<BackendName> backends, GoalLanguage language = GoalLanguage.Dimacs)
{
    private static readonly GoalLimits s_limits = new(TimeSpan.FromMinutes(5), RunTimeout: null, RunCpu: null, MemoryBytes: 1 << 30, OutputBytes: 1 << 20);

    private int _last;

    public (Goal Goal, GoalDocument Document) Next()
    {
        var number = Interlocked.Increment(ref _last);
        var mark = $"{number} {Guid.NewGuid():N}";
        var text = Encoding.ASCII.GetBytes(language == GoalLanguage.Dimacs ? $"c {mark}\np cnf 1 1\n1 0\n" : $"; {mark}\n(set-logic QF_UF)\n(assert false)\n(check-sat)\n");
        if (!GoalReader.TryRead(language, text, out var document, out var rejection)) throw new InvalidOperationException(rejection.ToString());
        return (new Goal(
            GoalId.New(), $"goal-{number}", language, TextDigest.Of(text), s_limits, Strategy.Speculative, backends,
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
