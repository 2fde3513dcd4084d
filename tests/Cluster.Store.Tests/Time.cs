using static ProverCluster.Store.Samples;

namespace ProverCluster.Store;

/// <summary>What is left of a deadline, whatever the clocks do.</summary>
[Collection(nameof(Stores))]
public sealed class Time(Stores stores)
{
    private const string Boot = "first", NextBoot = "second";

    private readonly SetClock _clock = new();

    [Theory, OnSqlite, OnPostgres]
    public async Task A_clock_on_the_wall_that_jumps_while_the_node_runs_changes_no_deadline(StoreKind kind)
    {
        await using var store = await Stores.OpenAsync(await stores.PlaceAsync(kind), _clock, Boot);
        var goal = Goal(left: Minutes(5));
        await store.Goals.AcceptAsync(goal);
        foreach (var jump in new[] { 60, -180 })
        {
            _clock.Wall += Minutes(jump);
            _clock.Pass(Minutes(1));
            await store.BeatAsync();
        }

        Assert.Equal(Minutes(3), (await store.Goals.FindAsync(goal.What.Id))!.Left);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_clock_on_the_wall_that_jumps_between_two_lives_of_a_node_changes_no_deadline(int jump)
    {
        var place = stores.Folder();
        var goal = Goal(left: Minutes(5));
        await using (var store = await Stores.OpenAsync(place, _clock, Boot))
            await store.Goals.AcceptAsync(goal);
        _clock.Wall += Minutes(jump);
        _clock.Pass(Minutes(2));

        await using var again = await Stores.OpenAsync(place, _clock, Boot);
        Assert.Equal(Minutes(3), (await again.Goals.FindAsync(goal.What.Id))!.Left);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(60, -55)]
    [InlineData(-60, 5)]
    public async Task Over_a_new_start_of_the_machine_there_is_the_clock_on_the_wall_alone_and_the_time_never_goes_back(int passed, int left)
    {
        var place = stores.Folder();
        var goal = Goal(left: Minutes(5));
        await using (var store = await Stores.OpenAsync(place, _clock, Boot))
            await store.Goals.AcceptAsync(goal);
        _clock.Monotonic = Minutes(1);
        _clock.Wall += Minutes(passed);

        await using var again = await Stores.OpenAsync(place, _clock, NextBoot);
        Assert.Equal(Minutes(left), (await again.Goals.FindAsync(goal.What.Id))!.Left);
    }

    [PostgresFact]
    public async Task Nodes_on_other_machines_share_the_time_whatever_their_own_clocks_say()
    {
        var place = await stores.PlaceAsync(StoreKind.Postgres);
        var other = new SetClock { Wall = _clock.Wall + TimeSpan.FromDays(1), Monotonic = Minutes(1) };
        await using var here = await Stores.OpenAsync(place, _clock, Boot);
        await using var there = await Stores.OpenAsync(place, other, "another machine");
        var goal = Goal(left: Minutes(5));
        await here.Goals.AcceptAsync(goal);
        Assert.InRange((await there.Goals.FindAsync(goal.What.Id))!.Left, Minutes(4), Minutes(5));

        // The other's clock stood still for a while, as a machine's does that sleeps.
        _clock.Pass(Minutes(2));
        await here.BeatAsync();
        await there.BeatAsync();
        Assert.InRange((await there.Goals.FindAsync(goal.What.Id))!.Left, Minutes(2), Minutes(3));
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
