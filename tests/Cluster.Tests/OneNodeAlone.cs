using ProverCluster.Corpus;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Tests.Chaos;

namespace ProverCluster.Tests;

/// <summary>What verdicts are expected of a cluster: those that one node alone comes to.</summary>
internal static class OneNodeAlone
{
    /// <summary>
    /// Goals that the cluster left undecided and one node alone decides. Of those there is one exception: the prover that decides it was lost with two nodes,
    /// and so had no third try.
    /// </summary>
    /// <param name="answers">The cluster's.</param>
    /// <param name="time">What a goal may take alone: the nodes of the cluster share the processors that it then has to itself.</param>
    /// <param name="losses">What happened to its nodes.</param>
    public static async Task<IReadOnlyList<string>> DecidesMoreAsync(IEnumerable<(LabelledGoal Goal, GoalAnswer Answer)> answers, TimeSpan time, Losses losses)
    {
        var more = new List<string>();
        await using var racing = await Racing.StartAsync();
        foreach (var (goal, answer) in answers.Where(each => !each.Answer.Verdict.IsDecisive()))
        {
            var alone = await racing.RaceAsync(goal.Name, goal.Read(), time);
            if (alone.Winner is { } winner && !losses.AreTwo(answer, winner.Backend))
                more.Add($"{goal.Name} by {winner.Backend} after {alone.Decided?.TotalSeconds:0.0} s: {answer.Reason}");
        }

        return more;
    }
}
