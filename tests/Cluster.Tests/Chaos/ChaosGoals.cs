using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Tests.Chaos;

/// <summary>The goals of one schedule, one of four in a flight: puppets sleep and then say what is right, some deaf to signals, some with children, some never.</summary>
internal static class ChaosGoals
{
    public static readonly Entry[] Entries =
    [
        Entry.Plays("quick", "goal {goal}"),
        Entry.Plays("later", "sleep 0.4 goal {goal}"),
        Entry.Plays("deaf", "deaf sleep 0.2 goal {goal}"),
        Entry.Plays("family", "deaf children 2 goal {goal}"),
        Entry.Plays("never", "deaf daemon sleep 1000"),
    ];

    private static readonly string[] s_sayers = ["quick", "later", "deaf", "family"];

    public static (SubmittedGoal Goal, Verdict Label) Submit(TestCluster cluster, Random random)
    {
        var label = random.Next(2) == 0 ? Verdict.Proved : Verdict.Refuted;
        var words = FormattableString.Invariant($"sleep {0.05 + (1.5 * random.NextDouble() * random.NextDouble()):0.00} say {(label == Verdict.Proved ? "unsat" : "sat")}");
        // Two that say it, at least: one that is lost twice is not the end of the race.
        var backends = s_sayers.OrderBy(_ => random.Next()).Take(2).Concat(random.Next(3) == 0 ? ["never"] : []).Select(BackendName.Parse).ToArray();
        return (cluster.Submit(words, goal => goal with { Backends = backends, Priority = random.Next(3) }, isFlown: random.Next(4) == 0), label);
    }

    /// <summary>
    /// Null for the right verdict, given once. Unknown is right, and nothing else is, where each of those that would have said it was lost with two nodes:
    /// then it is not placed again. A node that leaves in order is no excuse.
    /// </summary>
    public static string? Fault(SubmittedGoal goal, GoalAnswer answer, Verdict label, Losses losses)
    {
        var settled = goal.Events.Count(heard => heard.Event is GoalEvents.Settled);
        if (settled != 1)
            return $"{goal.Goal.Name} was settled {settled} times";
        if (answer.Runs.Select(row => row.Run).Distinct().Count() != answer.Runs.Count)
            return $"{goal.Goal.Name} has a run twice in its table";
        return answer.Verdict == label || (answer.Verdict == Verdict.Unknown && WasLostTwice(goal, answer, losses)) ? null
            : $"{goal.Goal.Name} is {answer.Verdict} and not {label}: {answer.Reason}";
    }

    private static bool WasLostTwice(SubmittedGoal goal, GoalAnswer answer, Losses losses) =>
        goal.Goal.Backends.Where(backend => s_sayers.Contains(backend.Value)).All(backend => losses.AreTwo(answer, backend));
}
