using System.Text;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;
using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>What both kinds of store do with the texts of goals and the outputs of their answers.</summary>
[Collection(nameof(Stores))]
public sealed class Keeping_texts(Stores stores)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_rejected_has_no_text_and_takes_that_of_no_other_goal(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal(text: "a text in another language");
        var rejected = goal with { What = goal.What with { Id = GoalId.New() }, Text = null };
        await store.Goals.AcceptAsync(rejected);
        await store.Goals.SettleAsync(Answer(rejected, Verdict.Rejected));
        Assert.Null(await store.Goals.ReadTextAsync(rejected.What.Id, goal.What.Text));
        Assert.IsType<Acceptance.Stands>(await store.Goals.AcceptAsync(rejected));

        await store.Goals.AcceptAsync(goal);
        Assert.Equal(goal.Text!.Value.ToArray(), await store.Goals.ReadTextAsync(goal.What.Id, goal.What.Text));
        Assert.Null(await store.Goals.ReadTextAsync(rejected.What.Id, goal.What.Text));
        Assert.Equal(Verdict.Rejected, (await store.Goals.FindAsync(rejected.What.Id))!.Answer!.Verdict);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_long_output_is_kept_beside_its_answer_and_a_short_one_in_it(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (many, few) = (Goal(), Goal());
        var proof = new string('ü', 300_000);
        foreach (var (goal, output) in new[] { (many, proof), (few, "(model)\0 x\n") })
        {
            await store.Goals.AcceptAsync(goal);
            await store.Goals.SettleAsync(Answer(goal, output: output));
        }

        var kept = Assert.IsType<ProverOutput.Kept>((await store.Goals.FindAsync(many.What.Id))!.Answer!.Output);
        Assert.Equal(proof, Encoding.UTF8.GetString((await store.Goals.ReadTextAsync(many.What.Id, kept.Text))!));
        Assert.Equal("(model)\0 x\n", (await store.Goals.FindAsync(few.What.Id))!.Answer!.Output!.Words);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_long_text_is_kept_once_for_all_goals_that_have_it_and_goes_with_the_last(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        NewGoal[] goals = [Goal(text: Long("shared")), Goal(text: Long("shared")), Goal(text: Long("alone"))];
        await Task.WhenAll(goals.Select(goal => store.Goals.AcceptAsync(goal)));
        Assert.Equal(2, (await store.Goals.CountAsync()).Texts);

        await store.Goals.SettleAsync(Answer(goals[0], output: new string('x', 50_000)));
        await store.Goals.SettleAsync(Answer(goals[2]));
        Assert.Equal(3, (await store.Goals.CountAsync()).Texts);
        Assert.Equal(2, await store.Goals.ForgetAsync(TimeSpan.FromSeconds(-1), 10));
        Assert.Equal(new StoreCounts(1, 0, 1, LongLength), await store.Goals.CountAsync());
        Assert.Null(await store.Goals.ReadTextAsync(goals[2].What.Id, goals[2].What.Text));
        Assert.NotNull(await store.Goals.ReadTextAsync(goals[1].What.Id, goals[1].What.Text));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Texts_of_no_bytes_of_all_bytes_and_of_many_are_kept_as_they_are(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        byte[][] texts = [[], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], new byte[ProverOutput.MostInlineBytes], new byte[LongLength], new byte[40 << 20]];
        foreach (var text in texts)
        {
            var goal = Goal();
            goal = goal with { Text = text, What = goal.What with { Text = TextDigest.Of(text) } };
            await store.Goals.AcceptAsync(goal);
            Assert.Equal(text, await store.Goals.ReadTextAsync(goal.What.Id, goal.What.Text));
        }
    }
}
