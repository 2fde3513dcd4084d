using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;
using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>What both kinds of store do with goals.</summary>
[Collection(nameof(Stores))]
public sealed class Keeping_goals(Stores stores)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_goal_that_was_accepted_is_found_with_its_options_and_its_text(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal();
        var accepted = await store.Goals.AcceptedAsync(goal);
        var found = await store.Goals.FindAsync(goal.What.Id);

        Assert.Equal(Written(goal.What), Written(accepted.What));
        Assert.Equal(Written(goal.What), Written(found!.What));
        Assert.Equal(("alice", true, 1_764_106_800_123), (found.Owner, found.Stands, found.AcceptedAt));
        Assert.InRange(found.Left, Deadline - TimeSpan.FromSeconds(30), Deadline);
        Assert.Null(found.Answer);
        Assert.Null(found.Settled);
        Assert.Equal(goal.Text!.Value.ToArray(), await store.Goals.ReadTextAsync(goal.What.Id, goal.What.Text));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_accepted_and_settled_is_there_when_the_store_is_opened_again(StoreKind kind)
    {
        var place = await stores.PlaceAsync(kind);
        var (open, settled) = (Goal(text: "one"), Goal(text: "two"));
        await using (var store = await Stores.OpenAsync(place))
        {
            await store.Goals.AcceptAsync(open);
            await store.Goals.AcceptAsync(settled);
            await store.Goals.SettleAsync(Answer(settled));
        }

        await using var again = await Stores.OpenAsync(place);
        Assert.Equal(open.What.Id, Assert.Single(await again.Goals.OpenAsync(0, 10)).What.Id);
        Assert.Equal(Written(Answer(settled)), Written((await again.Goals.FindAsync(settled.What.Id))!.Answer));
        Assert.Equal(open.Text!.Value.ToArray(), await again.Goals.ReadTextAsync(open.What.Id, open.What.Text));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_goal_that_is_accepted_once_more_stands_as_it_did(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        foreach (var text in new[] { "short", Long("long") })
        {
            var goal = Goal(text: text);
            var first = await store.Goals.AcceptedAsync(goal);
            await store.Goals.SettleAsync(Answer(goal));
            var second = await store.Goals.AcceptedAsync(goal with { AcceptedAt = 7, Left = TimeSpan.FromHours(1) });

            Assert.Equal((first.Number, first.AcceptedAt), (second.Number, second.AcceptedAt));
            Assert.True(second.Left <= first.Left);
            Assert.Equal(Verdict.Proved, second.Answer!.Verdict);
        }

        Assert.Equal(new StoreCounts(0, 2, 1, LongLength), await store.Goals.CountAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_text_other_options_or_another_owner_under_a_known_id_is_a_conflict_and_leaves_nothing_behind(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        foreach (var (id, text) in new[] { ("one", "short"), ("two", Long("long")) })
        {
            var goal = Goal(id, text);
            await store.Goals.AcceptAsync(goal);

            Assert.IsType<Acceptance.Conflict>(await store.Goals.AcceptAsync(Goal(id, "another")));
            Assert.IsType<Acceptance.Conflict>(await store.Goals.AcceptAsync(Goal(id, Long("another"))));
            Assert.IsType<Acceptance.Conflict>(await store.Goals.AcceptAsync(Goal(id, text, owner: "bob")));
            Assert.IsType<Acceptance.Conflict>(await store.Goals.AcceptAsync(goal with { What = goal.What with { Priority = 4 } }));
            Assert.IsType<Acceptance.Stands>(await store.Goals.AcceptAsync(goal));
        }

        Assert.Equal(new StoreCounts(2, 0, 1, LongLength), await store.Goals.CountAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_that_come_at_once_under_one_id_one_stands_and_each_is_told_whether_it_is_its_own(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        string[] owners = ["alice", "bob"];
        var told = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => store.Goals.AcceptAsync(Goal("known", owner: owners[i % 2]))));

        var owner = (await store.Goals.FindAsync(GoalId.Parse("known")))!.Owner;
        Assert.All(told.Index(), each => Assert.Equal(owners[each.Index % 2] == owner, each.Item is Acceptance.Stands { Goal.Owner: var shown } && shown == owner));
        Assert.Equal(20, told.Count(each => each is Acceptance.Stands));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Answers_from_the_cache_are_doubted_once_by_what_their_verdict_is_on_and_no_others_are(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goals = Enumerable.Range(0, 5).Select(i => Goal(text: $"text {i}")).ToArray();
        foreach (var goal in goals)
            await store.Goals.AcceptAsync(goal);
        var origin = new AnswerOrigin(IsCached: true, null);
        for (var i = 0; i < 4; i++)
            await store.Goals.SettleAsync(Answer(goals[i]) with { Origin = origin }, i < 3 ? "here" : "there");
        await store.Goals.SettleAsync(Answer(goals[4]));

        Assert.Equal(2, await store.Goals.DoubtAsync("here", "contradiction: one", 2));
        Assert.Equal(1, await store.Goals.DoubtAsync("here", "contradiction: one", 2));
        Assert.Equal(0, await store.Goals.DoubtAsync("here", "contradiction: another", 2));
        Assert.Equal(0, await store.Goals.DoubtAsync("nowhere", "contradiction: another", 2));
        var doubts = (await store.Goals.SettledAsync(null, null, 10)).OrderBy(goal => goal.Number).Select(goal => goal.Answer!.Origin?.Doubt);
        Assert.Equal(["contradiction: one", "contradiction: one", "contradiction: one", null, null], doubts);
        Assert.Equal("contradiction: one", (await store.Goals.FindAsync(goals[0].What.Id))!.Answer!.Origin!.Doubt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_interest_that_was_given_up_lasts_no_longer_unless_it_comes_again(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal();
        await store.Goals.AcceptedAsync(goal);
        await store.Goals.GiveUpAsync(goal.What.Id);
        await store.Goals.GiveUpAsync(GoalId.New());
        Assert.False((await store.Goals.FindAsync(goal.What.Id))!.Stands);
        Assert.True((await store.Goals.AcceptedAsync(goal)).Stands);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_interest_that_lasts_is_remembered_once_it_is_there_and_never_for_another_owner(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal(stands: false);
        Assert.False((await store.Goals.AcceptedAsync(goal)).Stands);
        await store.Goals.AcceptAsync(goal with { Stands = true, Owner = "bob" });
        Assert.False((await store.Goals.FindAsync(goal.What.Id))!.Stands);
        Assert.True((await store.Goals.AcceptedAsync(goal with { Stands = true })).Stands);
        Assert.True((await store.Goals.AcceptedAsync(goal)).Stands);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_first_answer_stays(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal();
        await store.Goals.AcceptAsync(goal);

        Assert.Equal(Verdict.Proved, (await store.Goals.SettleAsync(Answer(goal)))!.Answer!.Verdict);
        Assert.Equal(Verdict.Proved, (await store.Goals.SettleAsync(Answer(goal, Verdict.Refuted)))!.Answer!.Verdict);
        Assert.Equal(Verdict.Proved, (await store.Goals.FindAsync(goal.What.Id))!.Answer!.Verdict);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_answers_at_once_one_stands_and_all_are_told_which(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal();
        await store.Goals.AcceptAsync(goal);
        var told = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => store.Goals.SettleAsync(Answer(goal, i % 2 == 0 ? Verdict.Refuted : Verdict.Proved))));

        Assert.Single(told.Select(each => Written(each!.Answer)).Distinct());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_goal_that_is_not_there_can_be_neither_settled_nor_found_nor_opened_again(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goal = Goal();

        Assert.Null(await store.Goals.SettleAsync(Answer(goal, output: new string('x', 100_000))));
        Assert.Null(await store.Goals.FindAsync(goal.What.Id));
        Assert.Null(await store.Goals.ReopenAsync(goal.What.Id, Deadline, stands: true));
        Assert.Null(await store.Goals.ReadTextAsync(goal.What.Id, goal.What.Text));
        Assert.Equal(new StoreCounts(0, 0, 0, 0), await store.Goals.CountAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_withdrawn_goal_is_opened_again_and_what_has_another_answer_stays_as_it_is(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (withdrawn, proved) = (Goal(), Goal());
        foreach (var (goal, verdict) in new[] { (withdrawn, Verdict.Withdrawn), (proved, Verdict.Proved) })
        {
            await store.Goals.AcceptAsync(goal);
            await store.Goals.SettleAsync(Answer(goal, verdict));
        }

        var again = await store.Goals.ReopenAsync(withdrawn.What.Id, TimeSpan.FromHours(2), stands: true);
        Assert.Null(again!.Answer);
        Assert.InRange(again.Left, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2));
        Assert.NotNull((await store.Goals.ReopenAsync(proved.What.Id, Deadline, stands: true))!.Answer);
        Assert.Equal(withdrawn.What.Id, Assert.Single(await store.Goals.OpenAsync(0, 10)).What.Id);
        // It is about to be withdrawn, and wanted again before that was written.
        Assert.InRange((await store.Goals.ReopenAsync(withdrawn.What.Id, TimeSpan.FromHours(3), stands: true))!.Left, TimeSpan.FromHours(2.9), TimeSpan.FromHours(3));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sixty_four_callers_at_once_get_what_is_theirs(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
        {
            for (var turn = 0; turn < 10; turn++)
            {
                var goal = Goal($"c{caller}-{turn}", text: Text((caller + turn) % 13));
                var accepted = await store.Goals.AcceptedAsync(goal);
                Assert.Equal(goal.What.Id, accepted.What.Id);
                var verdict = caller % 2 == 0 ? Verdict.Proved : Verdict.Refuted;
                var settled = await store.Goals.SettleAsync(Answer(goal, verdict));
                Assert.Equal((goal.What.Id, verdict), (settled!.What.Id, settled.Answer!.Verdict));
            }
        }));

        Assert.Equal(new StoreCounts(0, 640, 6, 6 * LongLength), await store.Goals.CountAsync());

        static string Text(int number) => number % 2 == 0 ? $"text {number}" : Long($"text {number}");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_write_that_cannot_be_carried_out_fails_its_own_caller_and_no_other(StoreKind kind)
    {
        var database = await Stores.DatabaseAsync(await stores.PlaceAsync(kind));
        await using var store = await NodeStore.OpenAsync(database, TimeProvider.System, "here", default);
        var bad = new List<Task<int>>();
        var good = new List<Task<Acceptance>>();
        for (var i = 0; i < 60; i++)
        {
            good.Add(store.Goals.AcceptAsync(Goal()));
            if (i % 20 == 10)
                bad.Add(store.Access.WriteAsync("bad", Rows.CountAsync, default, new SqlStatement("insert into clock (one, now, wall, boot, monotonic) values (2, 1, 1, '', 1)"), new SqlStatement("select 1")));
        }

        await Task.WhenAll(good);
        foreach (var each in bad)
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => each);
        Assert.Equal(60, (await store.Goals.CountAsync()).Open);
        Assert.Null(store.Trouble);
    }
}
