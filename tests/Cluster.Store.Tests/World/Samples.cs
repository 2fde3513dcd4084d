using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;

namespace ProverCluster.Store;

internal static class Samples
{
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public const int LongLength = ProverOutput.MostInlineBytes + 1;

    private static readonly BackendName Z3 = BackendName.Parse("z3");

    public static NewGoal Goal(string? id = null, string text = "(check-sat)", string owner = "alice", bool stands = true, TimeSpan? left = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var goal = new Goal(
            id is null ? GoalId.New() : GoalId.Parse(id),
            "bounds/größer \"als\" <b>.smt2",
            GoalLanguage.SmtLib2,
            TextDigest.Of(bytes),
            new GoalLimits(Deadline, TimeSpan.FromSeconds(5), null, 2L << 30, 256 << 20),
            Strategy.BestOf,
            [Z3, BackendName.Parse("cvc5")],
            KeepOutput: true,
            new Dictionary<string, string> { ["team"] = "crypto", ["issue"] = "17" },
            Priority: -3);
        return new NewGoal(goal, bytes, owner, stands, 1_764_106_800_123, left ?? Deadline);
    }

    /// <summary>A text that has a row of its own, once for all goals that have it.</summary>
    public static string Long(string text) => text.PadRight(LongLength);

    public static GoalAnswer Answer(NewGoal goal, Verdict verdict = Verdict.Proved, string? output = null)
    {
        var run = new RunId(goal.What.Id, 1, Z3, 1);
        var row = new RunRow(
            run, "4.8.12", "10.0.0.7:4051", RunOutcome.Won, 0, SzsStatus.Unsatisfiable, null, new RunRowTimes(TimeSpan.Zero, null, null, null, null, null, null), RunUsage.None, null);
        return new GoalAnswer(
            goal.What.Id, goal.What.Name, verdict, SzsStatus.Unsatisfiable, run, TimeSpan.FromMilliseconds(12), TimeSpan.FromMilliseconds(14.6), null, [row], output);
    }

    /// <summary>Equal ones are written in equal words; as objects their lists are not equal.</summary>
    public static string Written(object? value) => value switch
    {
        Goal goal => System.Text.Json.JsonSerializer.Serialize(goal, Node.Wire.WireSchema.Info<Goal>()),
        GoalAnswer answer => System.Text.Json.JsonSerializer.Serialize(answer, Node.Wire.WireSchema.Info<GoalAnswer>()),
        _ => "nothing",
    };

    public static async Task<StoredGoal> AcceptedAsync(this IGoalStore goals, NewGoal goal) => Assert.IsType<Acceptance.Stands>(await goals.AcceptAsync(goal)).Goal;
}
