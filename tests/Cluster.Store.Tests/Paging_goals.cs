using ProverCluster.Node.Store;
using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>How both kinds of store tell of many goals, some at a time, and forget them.</summary>
[Collection(nameof(Stores))]
public sealed class Paging_goals(Stores stores)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Those_settled_longest_ago_are_forgotten_first_in_small_steps_and_open_ones_never(StoreKind kind)
    {
        var clock = new SetClock();
        await using var store = await Stores.OpenAsync(await stores.PlaceAsync(kind), clock);
        var goals = Enumerable.Range(0, 6).Select(_ => Goal()).ToArray();
        foreach (var goal in goals)
            await store.Goals.AcceptAsync(goal);
        foreach (var goal in goals[..5])
        {
            await store.Goals.SettleAsync(Answer(goal));
            clock.Pass(TimeSpan.FromDays(1));
        }

        // Ages of five days to one.
        Assert.Equal(2, await store.Goals.ForgetAsync(TimeSpan.FromDays(2.5), 2));
        Assert.Null(await store.Goals.FindAsync(goals[1].What.Id));
        Assert.NotNull(await store.Goals.FindAsync(goals[2].What.Id));
        Assert.Equal(1, await store.Goals.ForgetAsync(TimeSpan.FromDays(2.5), 2));
        Assert.Equal(0, await store.Goals.ForgetAsync(TimeSpan.FromDays(2.5), 2));
        Assert.Equal((1, 2), ((await store.Goals.CountAsync()).Open, (await store.Goals.CountAsync()).Settled));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Open_goals_are_paged_in_the_order_in_which_they_came_while_some_are_settled_and_others_come(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goals = Enumerable.Range(0, 25).Select(i => Goal($"g{i}")).ToList();
        foreach (var goal in goals)
            await store.Goals.AcceptAsync(goal);
        var seen = new List<string>();
        for (long after = 0; await store.Goals.OpenAsync(after, 4) is { Count: > 0 } page; after = page[^1].Number)
        {
            Assert.True(page.Count <= 4);
            seen.AddRange(page.Select(goal => goal.What.Id.Value));
            if (seen.Count == 8)
            {
                foreach (var settled in new[] { 2, 15 })
                    await store.Goals.SettleAsync(Answer(goals[settled]));
                goals.Add(Goal("g25"));
                await store.Goals.AcceptAsync(goals[25]);
            }
        }

        Assert.Equal(Enumerable.Range(0, 26).Where(i => i != 15).Select(i => $"g{i}"), seen);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Settled_goals_are_paged_those_first_that_were_settled_last_of_all_owners_or_of_one(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var goals = Enumerable.Range(0, 10).Select(i => Goal($"g{i}", owner: i % 2 == 0 ? "even" : "odd")).ToArray();
        await Task.WhenAll(goals.Select(goal => store.Goals.AcceptAsync(goal)));
        foreach (var goal in goals)
            await store.Goals.SettleAsync(Answer(goal));

        Assert.Equal(["g9", "g8", "g7", "g6", "g5", "g4", "g3", "g2", "g1", "g0"], await PagedAsync(null));
        Assert.Equal(["g9", "g7", "g5", "g3", "g1"], await PagedAsync("odd"));

        async Task<List<string>> PagedAsync(string? owner)
        {
            var seen = new List<string>();
            StoredGoal? last = null;
            while (await store.Goals.SettledAsync(owner, last, 3) is { Count: > 0 } page)
            {
                seen.AddRange(page.Select(goal => goal.What.Id.Value));
                last = page[^1];
            }

            return seen;
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Goals_that_this_version_cannot_read_hide_no_others(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        for (var i = 0; i < 12; i++)
        {
            var goal = Goal($"g{i:00}");
            await store.Goals.AcceptAsync(goal);
            if (i >= 6)
                await store.Goals.SettleAsync(Answer(goal));
        }

        await store.Access.WriteAsync("", Rows.CountAsync, default, new SqlStatement("update goals set goal = '{}' where id in ('g01', 'g02', 'g03', 'g08', 'g09', 'g10') returning id"));
        var (open, settled) = (await store.Goals.OpenAsync(1, 2), await store.Goals.SettledAsync(null, null, 1));
        Assert.Equal(["g04"], open.Select(goal => goal.What.Id.Value));
        Assert.Equal(["g11"], settled.Select(goal => goal.What.Id.Value));
        Assert.Equal(["g07"], (await store.Goals.SettledAsync(null, settled[0], 2)).Select(goal => goal.What.Id.Value));
        Assert.Equal(
            $"{store.Name}: goal number 3 is not written as this version reads it",
            (await Assert.ThrowsAsync<StoreUnavailable>(() => store.Goals.AcceptAsync(Goal("g02", owner: "bob")))).Message);
        Assert.Null(store.Trouble);
    }
}
