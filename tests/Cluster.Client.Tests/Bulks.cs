using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>Many goals: in order, not too many at once, and nothing partial as if it were whole.</summary>
public sealed class Bulks
{
    private static IEnumerable<Goal> Goals(int count) => Enumerable.Range(0, count).Select(Named);

    private static Goal Named(int number) => ClientWorld.Goal with { Name = number.ToString() };

    private static Task<ClientWorld> WorldAsync(int parallel) => ClientWorld.StartAsync(change: options => options with { Parallel = parallel });

    private static int Open(ClientWorld world) => world.Cluster.Goals.Values.Count(goal => goal.View.State == GoalState.Open);

    private static FakeGoal Find(ClientWorld world, int number) => world.Cluster.Goals.Values.Single(goal => goal.View.Name == number.ToString());

    [Fact]
    public async Task Results_come_in_the_order_of_the_goals_whoever_is_first()
    {
        await using var world = await WorldAsync(parallel: 4);
        world.Cluster.Race = goal => goal.Begin();
        var proving = world.Prover.ProveManyAsync(Goals(4)).ToListAsync().AsTask();
        await Eventually.True(() => Open(world) == 4, "all are raced at once");
        for (var number = 3; number >= 0; number--) Find(world, number).Settle(number % 2 == 0 ? Verdict.Proved : Verdict.Refuted);
        Assert.Equal(["0 Proved", "1 Refuted", "2 Proved", "3 Refuted"], (await proving).Select(result => $"{result.Name} {result.Verdict}"));
    }

    [Fact]
    public async Task No_more_are_raced_at_once_and_no_more_are_taken_than_there_is_room_for()
    {
        await using var world = await WorldAsync(parallel: 2);
        var taken = 0;
        world.Cluster.Race = goal =>
        {
            if (goal.View.Name != "0") goal.Settle(Verdict.Proved);
        };
        var goals = Enumerable.Range(0, int.MaxValue).Select(number =>
        {
            Interlocked.Increment(ref taken);
            return Named(number);
        });
        await using var results = world.Prover.ProveManyAsync(goals).GetAsyncEnumerator();
        var first = results.MoveNextAsync();
        // The first is not settled: two at once, and four times as many waiting for their turn; one more is asked for before it is seen that there is no room.
        await Eventually.True(() => taken == 9 && world.Cluster.Goals.Count == 9 && Open(world) == 1, "the bulk waits", instead: () => $"{taken} taken, {world.Cluster.Goals.Count} sent, {Open(world)} open");
        Assert.False(first.IsCompleted);
        Find(world, 0).Settle(Verdict.Refuted);
        Assert.True(await first);
        Assert.Equal(Verdict.Refuted, results.Current.Verdict);
    }

    [Fact]
    public async Task No_goal_among_the_goals_is_an_error_and_not_the_end()
    {
        await using var world = await WorldAsync(parallel: 2);
        world.Cluster.Race = goal => goal.Settle(Verdict.Proved);
        await Assert.ThrowsAsync<ArgumentException>(() => world.Prover.ProveManyAsync([Named(0), null!, Named(2)]).ToListAsync().AsTask());
    }

    [Fact]
    public async Task A_cancelled_bulk_throws_and_takes_everything_back()
    {
        await using var world = await WorldAsync(parallel: 3);
        using var cancel = new CancellationTokenSource();
        world.Cluster.Race = goal =>
        {
            if (goal.View.Name == "0") goal.Settle(Verdict.Proved);
        };
        await using var results = world.Prover.ProveManyAsync(Goals(9), null, cancel.Token).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        await Eventually.True(() => Open(world) == 3, "three are raced");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await results.MoveNextAsync());
        Assert.Equal(0, Open(world));
    }

    [Fact]
    public async Task Leaving_the_loop_takes_back_what_was_begun()
    {
        await using var world = await WorldAsync(parallel: 3);
        world.Cluster.Race = goal =>
        {
            if (goal.View.Name == "0") goal.Settle(Verdict.Proved);
        };
        await foreach (var result in world.Prover.ProveManyAsync(Goals(9)))
        {
            Assert.Equal("0", result.Name);
            await Eventually.True(() => Open(world) == 3, "three are raced");
            break;
        }

        Assert.Equal(0, Open(world));
    }

    [Fact]
    public async Task Goals_that_end_in_a_failure_end_the_bulk_in_it_behind_the_results()
    {
        await using var world = await WorldAsync(parallel: 2);
        await using var results = world.Prover.ProveManyAsync(Failing()).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        Assert.True(await results.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await results.MoveNextAsync());

        static async IAsyncEnumerable<Goal> Failing()
        {
            yield return Named(0);
            await Task.Yield();
            yield return Named(1);
            throw new InvalidTimeZoneException();
        }
    }

    [Fact]
    public async Task A_goal_that_fails_ends_the_bulk_in_its_turn_and_takes_the_others_back()
    {
        await using var world = await WorldAsync(parallel: 3);
        world.Cluster.Race = goal =>
        {
            if (goal.View.Name == "0") goal.Settle(Verdict.Proved);
            if (goal.View.Name == "1") goal.TellRaw("settled", "{");
        };
        world.Cluster.Leave = goal => goal.Settle(Verdict.Withdrawn);
        await using var results = world.Prover.ProveManyAsync(Goals(9)).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        await Assert.ThrowsAsync<ProtocolException>(async () => await results.MoveNextAsync());
        await Eventually.True(() => Open(world) == 0, "the others are taken back");
    }

    [Fact]
    public async Task No_goals_have_no_results()
    {
        await using var world = await WorldAsync(parallel: 3);
        Assert.Empty(await world.Prover.ProveManyAsync([]).ToListAsync());
    }
}
