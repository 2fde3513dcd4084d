using System.Text;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;
using ProverCluster.Node.Store.Postgres;

// A process with nothing but a store in it, for specs that kill it: Cluster.StoreHost CALLERS FOLDER|URL, or without callers to open and close it.
// Says 'up'; each caller then accepts one goal after the other, and settles every second one. What the store has acknowledged is said after that, one line each:
// 'accepted ID' or 'settled ID VERDICT'. A store that cannot be used is said with its reason.
try
{
    await using var store = PostgresUrl.TryParse(args[1], out var url, out _)
        ? await NodeStore.OpenAsync(url, TimeProvider.System)
        : await NodeStore.OpenAsync(args[1], TimeProvider.System);
    Console.WriteLine("up");
    await Task.WhenAll(Enumerable.Range(0, int.Parse(args[0])).Select(caller => CallAsync(store.Goals, caller)));
    return 0;
}
catch (StoreRefusal refusal)
{
    Console.WriteLine(refusal.Message);
    return 3;
}

static async Task CallAsync(IGoalStore goals, int caller)
{
    for (var turn = 0; ; turn++)
    {
        // Some texts are shared, by callers and by turns, and some are long.
        var text = Encoding.UTF8.GetBytes($"c {new string('x', turn % 2 * ProverOutput.MostInlineBytes)}\np cnf 1 1\n{turn % 7} 0\n");
        var goal = new Goal(
            GoalId.New(), $"{caller}-{turn}", GoalLanguage.Dimacs, TextDigest.Of(text), new GoalLimits(TimeSpan.FromMinutes(1), null, null, 1 << 30, 1 << 20),
            Strategy.Speculative, [], false, new Dictionary<string, string>());
        try
        {
            await goals.AcceptAsync(new NewGoal(goal, text, "", Stands: true, 0, goal.Limits.Timeout));
            Console.WriteLine($"accepted {goal.Id}");
            if (turn % 2 == 1)
                continue;
            var verdict = turn % 4 == 0 ? Verdict.Proved : Verdict.Refuted;
            await goals.SettleAsync(new GoalAnswer(goal.Id, goal.Name, verdict, null, null, null, TimeSpan.Zero, null, [], null));
            Console.WriteLine($"settled {goal.Id} {verdict.Word()}");
        }
        catch (StoreUnavailable)
        {
            // Whoever was told nothing has been promised nothing.
        }
    }
}
