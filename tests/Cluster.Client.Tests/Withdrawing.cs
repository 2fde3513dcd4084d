using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>A cancelled call takes its goal back, and says how that went.</summary>
public sealed class Withdrawing
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _cancel = new();
    private readonly Heard _heard = new();

    [Fact]
    public async Task A_cancelled_call_returns_when_the_goal_is_settled()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Withdraw = _ => { };
        var proving = await BegunAsync(world);
        await _cancel.CancelAsync();
        await Eventually.True(() => world.Kinds() == "POST DELETE EVENTS", "the goal is withdrawn, and watched on");
        Assert.False(proving.IsCompleted);
        world.OnlyGoal.Settle(Verdict.Withdrawn);
        var withdrawn = await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving);
        Assert.Equal((true, Verdict.Withdrawn, world.OnlyGoal.Id), (withdrawn.IsConfirmed, withdrawn.Result?.Verdict, withdrawn.Goal));
        Assert.Equal("2", world.Nodes[0].Requests.Last().LastEventId);
        Assert.NotEqual("", Assert.Single(world.Nodes[0].Requests.SkipLast(1).Select(request => request.Interest).Distinct()));
        Assert.Equal("RunEnded Settled", _heard.Rest());
    }

    [Fact]
    public async Task What_was_decided_before_its_provers_were_dead_is_the_result()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Withdraw = goal => goal.Settle(Verdict.Proved);
        var proving = await BegunAsync(world);
        await _cancel.CancelAsync();
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
    }

    [Fact]
    public async Task A_submission_that_has_no_answer_yet_is_taken_back()
    {
        await using var world = await ClientWorld.StartAsync();
        var arrived = new TaskCompletionSource();
        world.Cluster.Race = goal => goal.Begin();
        world.Nodes[0].Next("POST", async (context, usual) =>
        {
            context.Response.Body = new MemoryStream();
            var done = usual();
            arrived.SetResult();
            await done;
        });
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, cancellationToken: _cancel.Token);
        await arrived.Task;
        await _cancel.CancelAsync();
        Assert.True((await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving)).IsConfirmed);
        Assert.Equal("POST DELETE", world.Kinds());
        Assert.Equal(Verdict.Withdrawn, world.OnlyGoal.View.Verdict);
    }

    [Fact]
    public async Task After_the_grace_it_returns_and_says_that_nothing_is_confirmed()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Nodes[0].Next("DELETE", (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var proving = await BegunAsync(world);
        await _cancel.CancelAsync();
        await Eventually.True(() => world.Kinds() == "POST DELETE", "the goal is withdrawn");
        Assert.Equal(Grace, await world.Clock.PassAsync(atMost: Grace));
        var withdrawn = await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving);
        Assert.Equal((false, null), (withdrawn.IsConfirmed, withdrawn.Result));
    }

    [Fact]
    public async Task A_withdrawal_that_was_noted_is_confirmed_although_the_end_takes_too_long()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Withdraw = _ => { };
        var proving = await BegunAsync(world);
        await _cancel.CancelAsync();
        await Eventually.True(() => world.Kinds() == "POST DELETE EVENTS", "the goal is watched on");
        await world.Clock.PassAsync(atMost: Grace);
        var withdrawn = await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving);
        Assert.Equal((true, null), (withdrawn.IsConfirmed, withdrawn.Result));
    }

    [Fact]
    public async Task A_withdrawal_too_goes_to_another_node()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("DELETE", 503, "draining");
        var proving = await BegunAsync(world);
        await _cancel.CancelAsync();
        Assert.True((await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving)).IsConfirmed);
        Assert.Equal("DELETE", world.Kinds(1));
    }

    [Fact]
    public async Task What_was_never_sent_needs_no_taking_back()
    {
        await using var world = await ClientWorld.StartAsync();
        await _cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Prover.ProveAsync(ClientWorld.Goal, cancellationToken: _cancel.Token));
        Assert.Empty(world.Nodes[0].Requests);
    }

    [Fact]
    public async Task A_wait_for_another_try_ends_at_once()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Nodes[0].Next("POST", 429, "queue-full", ("Retry-After", "10"));
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, cancellationToken: _cancel.Token);
        await world.Clock.ComesAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        await _cancel.CancelAsync();
        Assert.True((await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving)).IsConfirmed);
        Assert.Equal("POST", world.Kinds());
    }

    [Fact]
    public async Task A_client_that_is_disposed_takes_back_what_is_under_way()
    {
        await using var world = await ClientWorld.StartAsync();
        var proving = await BegunAsync(world);
        await world.Prover.DisposeAsync();
        await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving);
        Assert.Equal(Verdict.Withdrawn, world.OnlyGoal.View.Verdict);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => world.Prover.BackendsAsync());
        await world.Prover.DisposeAsync();
    }

    [Fact]
    public async Task A_client_may_be_disposed_by_whoever_watches()
    {
        await using var world = await ClientWorld.StartAsync();
        var proving = await BegunAsync(world);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in world.Prover.WatchAsync(world.OnlyGoal.Id))
                await world.Prover.DisposeAsync();
        });
        await Assert.ThrowsAsync<GoalWithdrawnException>(() => proving);
        Assert.Throws<ObjectDisposedException>(() => world.Prover.WatchAsync(world.OnlyGoal.Id).GetAsyncEnumerator().MoveNextAsync().AsTask().GetAwaiter().GetResult());
    }

    [Fact]
    public async Task A_goal_is_not_left_behind_by_a_progress_that_throws()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        world.Cluster.Leave = goal => goal.Settle(Verdict.Withdrawn);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => world.Prover.ProveAsync(ClientWorld.Goal, progress: new Thrower()));
        await Eventually.True(() => world.OnlyGoal.View.Verdict == Verdict.Withdrawn, "its connection is closed");
    }

    /// <summary>A goal whose race has begun and never ends by itself.</summary>
    private async Task<Task<ProveResult>> BegunAsync(ClientWorld world)
    {
        world.Cluster.Race = goal => goal.Begin();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, progress: _heard, cancellationToken: _cancel.Token);
        await _heard.NextAsync<RaceEvent.Accepted>();
        await _heard.NextAsync<RaceEvent.RunStarted>();
        return proving;
    }

    private sealed class Thrower : IProgress<RaceEvent>
    {
        public void Report(RaceEvent value) => throw new InvalidTimeZoneException();
    }
}
