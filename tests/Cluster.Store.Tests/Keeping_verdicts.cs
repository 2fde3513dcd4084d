using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;

namespace ProverCluster.Store;

/// <summary>What both kinds of store do with verdicts that are to be had again.</summary>
[Collection(nameof(Stores))]
public sealed class Keeping_verdicts(Stores stores)
{
    private static readonly CacheBounds Wide = new(TimeSpan.FromDays(365), 1000, 1 << 30);

    private readonly SetClock _clock = new();

    [Theory, OnSqlite, OnPostgres]
    public async Task A_verdict_is_there_under_its_key_and_under_no_other_also_when_the_store_is_opened_again(StoreKind kind)
    {
        var place = await stores.PlaceAsync(kind);
        await using (var store = await Stores.OpenAsync(place))
            await store.Verdicts.PutAsync(Some("a", Verdict.Refuted, """{"backend":"größer"}"""));

        await using var again = await Stores.OpenAsync(place);
        var found = await again.Verdicts.GetAsync("a");
        Assert.Equal(("a", GoalLanguage.Tptp, Verdict.Refuted, """{"backend":"größer"}""", 22), (found!.Key, found.Language, found.Verdict, found.Provenance, found.Bytes));
        Assert.InRange(found.Age, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Null(await again.Verdicts.GetAsync("A"));
        Assert.Null(await again.Verdicts.GetAsync("b"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_first_verdict_under_a_key_stays_until_it_is_evicted(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await store.Verdicts.PutAsync(Some("a"));
        Assert.Equal(Verdict.Proved, (await store.Verdicts.PutAsync(Some("a", Verdict.Refuted))).Verdict);
        Assert.True(await store.Verdicts.EvictAsync("a"));
        Assert.False(await store.Verdicts.EvictAsync("a"));
        Assert.Null(await store.Verdicts.GetAsync("a"));
        Assert.Equal(Verdict.Refuted, (await store.Verdicts.PutAsync(Some("a", Verdict.Refuted))).Verdict);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_too_old_goes_in_small_steps_although_it_is_used(StoreKind kind)
    {
        await using var store = await OpenAsync(kind);
        foreach (var key in new[] { "a", "b", "c" })
        {
            await store.Verdicts.PutAsync(Some(key));
            _clock.Pass(TimeSpan.FromHours(1));
        }

        await store.Verdicts.GetAsync("a");
        Assert.Equal(1, await store.Verdicts.TrimAsync(Wide with { Age = TimeSpan.FromHours(1.5) }, 1));
        Assert.Equal(1, await store.Verdicts.TrimAsync(Wide with { Age = TimeSpan.FromHours(1.5) }, 1));
        Assert.Equal(0, await store.Verdicts.TrimAsync(Wide with { Age = TimeSpan.FromHours(1.5) }, 1));
        Assert.Equal("c", Assert.Single(await store.Verdicts.PageAsync("", 10)).Key);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_too_many_those_go_that_were_not_used_for_the_longest_time(StoreKind kind)
    {
        await using var store = await OpenAsync(kind);
        foreach (var key in new[] { "a", "b", "c", "d" })
        {
            await store.Verdicts.PutAsync(Some(key));
            _clock.Pass(TimeSpan.FromMinutes(1));
        }

        await store.Verdicts.GetAsync("a");
        Assert.Equal(2, await store.Verdicts.TrimAsync(Wide with { Entries = 2 }, 10));
        Assert.Equal(["a", "d"], (await store.Verdicts.PageAsync("", 10)).Select(each => each.Key));
        Assert.Equal(TimeSpan.Zero, (await store.Verdicts.GetAsync("a"))!.Idle);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_too_long_ones_as_many_go_as_it_takes(StoreKind kind)
    {
        await using var store = await OpenAsync(kind);
        foreach (var (number, key) in new[] { "a", "b", "c", "d" }.Index())
        {
            await store.Verdicts.PutAsync(Some(key, provenance: new string('x', 100 * (number + 1))));
            _clock.Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(new CacheCounts(4, 1000), await store.Verdicts.CountAsync());
        Assert.Equal(2, await store.Verdicts.TrimAsync(Wide with { Bytes = 750 }, 10));
        Assert.Equal(new CacheCounts(2, 700), await store.Verdicts.CountAsync());
        Assert.Equal(0, await store.Verdicts.TrimAsync(Wide, 10));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task All_of_them_are_shown_page_by_page_and_cleared_in_small_steps(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var keys = Enumerable.Range(0, 25).Select(i => $"k{i:00}").ToArray();
        await Task.WhenAll(keys.Select(key => store.Verdicts.PutAsync(Some(key))));
        var seen = new List<string>();
        while (await store.Verdicts.PageAsync(seen.LastOrDefault(""), 10) is { Count: > 0 } page)
            seen.AddRange(page.Select(each => each.Key));

        Assert.Equal(keys, seen);
        Assert.Equal(20, await store.Verdicts.ClearAsync(20));
        Assert.Equal(5, await store.Verdicts.ClearAsync(20));
        Assert.Equal(new CacheCounts(0, 0), await store.Verdicts.CountAsync());
    }

    private async Task<NodeStore> OpenAsync(StoreKind kind) => await Stores.OpenAsync(await stores.PlaceAsync(kind), _clock);

    private static NewVerdict Some(string key, Verdict verdict = Verdict.Proved, string provenance = "{}") => new(key, GoalLanguage.Tptp, verdict, provenance);
}
