using ProverCluster.Corpus;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Tests.Chaos;

namespace ProverCluster.Tests;

/// <summary>What verdicts are expected of a cluster: those that one node alone comes to.</summary>
internal static class OneNodeAlone
{
    /// <summary>
    /// Goals that the cluster left undecided and one node alone decides. Of those there is one exception: the prover that decides it was lost with two nodes,
    /// and so had no third try. One that had less of a processor here than it needs there, since the machine was busy or stood still, is raced again.
    /// </summary>
    /// <param name="answers">The cluster's.</param>
    /// <param name="again">Races a goal on the cluster once more, which then has nothing else to do.</param>
    /// <param name="time">What a goal may take alone: the nodes of the cluster share the processors that it then has to itself.</param>
    /// <param name="losses">What happened to its nodes.</param>
    /// <param name="say">Is told of each that is raced again.</param>
    public static async Task<IReadOnlyList<string>> DecidesMoreAsync(
        IEnumerable<(LabelledGoal Goal, GoalAnswer Answer)> answers, Func<LabelledGoal, Task<GoalAnswer>> again, TimeSpan time, Losses losses, Action<string> say)
    {
        var more = new List<string>();
        await using var racing = await Racing.StartAsync();
        foreach (var (goal, answer) in answers.Where(each => !each.Answer.Verdict.IsDecisive()))
        {
            var alone = await racing.RaceAsync(goal.Name, goal.Read(), time);
            if (alone.Winner is not { } winner || losses.AreTwo(answer, winner.Backend))
                continue;
            var latest = answer;
            if (alone.Runs.Single(row => row.Run == winner).Usage.Cpu is { } needed && HadLess(answer, winner.Backend, needed))
            {
                say($"{goal.Name} was raced again: {answer.Reason}");
                latest = await again(goal);
            }

            if (!latest.Verdict.IsDecisive())
                more.Add($"{goal.Name} by {winner.Backend} after {alone.Decided?.TotalSeconds:0.0} s: {latest.Reason}");
        }

        return more;
    }

    /// <summary>Whether all that kept this prover from a verdict was time; of processors that others share a prover needs more.</summary>
    private static bool HadLess(GoalAnswer answer, BackendName backend, TimeSpan needed)
    {
        var rows = answer.Runs.Where(row => row.Run.Backend == backend).ToArray();
        return rows.Length > 0 && rows.All(row => row.Outcome is RunOutcome.TimedOut && (row.Usage.Cpu is not { } had || had < 2 * needed));
    }
}
