using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>Nodes that go, and connections that are cut: one goal, one result, no event twice.</summary>
public sealed class Going_elsewhere
{
    private static readonly ProveOptions TenSeconds = new() { Timeout = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task Where_nobody_listens_the_next_endpoint_is_asked_at_once()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        await world.Nodes[0].KillAsync();
        Assert.Equal(Verdict.Proved, (await world.Prover.ProveAsync(ClientWorld.Goal)).Verdict);
        Assert.Equal("POST", world.Kinds(1));
        Assert.Equal(0, world.Clock.GetTimestamp());
    }

    [Fact]
    public async Task Where_a_connection_is_gone_before_it_is_used_the_next_endpoint_is_asked()
    {
        using var resetting = new Resetting();
        await using var world = await ClientWorld.StartAsync(nodes: 2, options => options with { Handler = resetting });
        Assert.Equal(Verdict.Proved, (await world.Prover.ProveAsync(ClientWorld.Goal)).Verdict);
        Assert.Equal(("", "POST"), (world.Kinds(0), world.Kinds(1)));
    }

    [Theory]
    [InlineData(503, "draining")]
    [InlineData(503, "not-a-member")]
    [InlineData(503, "store-unavailable")]
    [InlineData(500, "internal")]
    public async Task A_node_that_cannot_take_it_is_left_for_good(int status, string code)
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("POST", status, code);
        await world.Prover.ProveAsync(ClientWorld.Goal);
        await world.Prover.ProveAsync(ClientWorld.Goal);
        Assert.Equal(("POST", "POST POST"), (world.Kinds(0), world.Kinds(1)));
    }

    [Fact]
    public async Task A_stream_that_is_cut_goes_on_behind_the_last_event()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        var heard = new Heard();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, progress: heard);
        await heard.NextAsync<RaceEvent.Accepted>();
        await heard.NextAsync<RaceEvent.RunStarted>();
        world.Nodes[0].Cut();
        await Eventually.True(() => world.Kinds() == "POST POST", "the stream is opened again");
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal("RunEnded Settled", heard.Rest());
        Assert.Equal([null, "2"], world.Nodes[0].Requests.Select(request => request.LastEventId));
    }

    [Fact]
    public async Task Another_node_is_heard_from_the_beginning_and_no_event_is_told_twice()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Cluster.Race = goal => goal.Begin();
        var heard = new Heard();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, progress: heard);
        await heard.NextAsync<RaceEvent.Accepted>();
        await heard.NextAsync<RaceEvent.RunStarted>();
        await world.Nodes[0].KillAsync();
        await Eventually.True(() => world.Kinds(1) == "POST", "the other node is asked");
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal("RunEnded Settled", heard.Rest());
        Assert.Null(world.Nodes[1].Requests.Single().LastEventId);
    }

    [Fact]
    public async Task A_submission_whose_answer_is_lost_is_repeated_as_it_was_and_joins_the_goal()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Cluster.Race = goal => goal.Begin();
        world.Nodes[0].Next("POST", LoseAnswerAsync);
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, TenSeconds);
        await Eventually.True(() => world.Kinds(1) == "POST", "the other node is asked");
        Assert.Equal(world.Nodes[0].Requests.First() with { Kind = "POST" }, world.Nodes[1].Requests.First());
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
    }

    [Fact]
    public async Task A_fresh_id_that_is_in_use_when_an_answer_was_lost_is_our_own_and_another_is_taken()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Cluster.Race = goal => goal.Begin();
        world.Nodes[0].Next("POST", LoseAnswerAsync);
        // Its defaults are others, so to the second node it is not the same goal.
        world.Nodes[1].Next("POST", 409, "id-in-use");
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        await world.Clock.PassAsync(atMost: TimeSpan.FromMilliseconds(100));
        await Eventually.True(() => world.Cluster.Goals.Count == 2, "it is submitted by another id");
        var again = world.Cluster.Goals.Values.Single(goal => world.Nodes[0].Requests.Last().Route.Contains(goal.Id.Value, StringComparison.Ordinal));
        again.Settle(Verdict.Proved);
        Assert.Equal((Verdict.Proved, again.Id), ((await proving).Verdict, (await proving).Id));
    }

    [Fact]
    public async Task An_id_of_ones_own_that_is_in_use_when_an_answer_was_lost_is_in_use()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("POST", LoseAnswerAsync);
        world.Nodes[1].Next("POST", 409, "id-in-use");
        await Assert.ThrowsAsync<GoalIdInUseException>(() => world.Prover.ProveAsync(ClientWorld.Goal with { Id = Messages.Ids.GoalId.Parse("mine") }));
        Assert.Equal("POST", world.Kinds(1));
    }

    [Fact]
    public async Task A_goal_that_was_lost_with_its_node_is_begun_again_with_what_is_left_of_its_deadline()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Cluster.Race = goal => goal.Begin();
        var heard = new Heard();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, TenSeconds, heard);
        await heard.NextAsync<RaceEvent.Accepted>();
        await heard.NextAsync<RaceEvent.RunStarted>();
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        var lost = world.OnlyGoal;
        world.Cluster.Goals.Clear();
        await world.Nodes[0].KillAsync();
        await Eventually.True(() => world.Cluster.Goals.Count == 1, "it is submitted again");
        var again = world.OnlyGoal;
        Assert.Equal((lost.Id, lost.Options), (again.Id, again.Options));
        Assert.Contains("&age=3s&", again.Query);
        again.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal("RunEnded Settled", heard.Rest());
    }

    [Fact]
    public async Task A_goal_that_was_given_up_since_its_connection_was_lost_is_begun_again()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        var gone = new TaskCompletionSource();
        world.Cluster.Leave = goal =>
        {
            goal.Settle(Verdict.Withdrawn);
            gone.TrySetResult();
        };
        world.Nodes[0].Next("POST", (context, usual) =>
        {
            _ = Task.Delay(50).ContinueWith(_ => context.Abort(), TaskScheduler.Default);
            return usual();
        });
        world.Nodes[0].Next("POST", async (_, usual) =>
        {
            await gone.Task;
            await usual();
        });
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        await gone.Task;
        await Eventually.True(() => world.Cluster.Goals.Values.Any(goal => goal.View.Verdict is null), "it is begun again");
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
    }

    [Fact]
    public async Task A_stream_that_ends_without_a_word_is_heard_from_its_beginning()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        var heard = new Heard();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, progress: heard);
        await heard.NextAsync<RaceEvent.Accepted>();
        await heard.NextAsync<RaceEvent.RunStarted>();
        world.Nodes[0].Next("POST", (context, _) =>
        {
            context.Response.ContentType = "text/event-stream";
            return context.Response.Body.FlushAsync();
        });
        world.Nodes[0].Cut();
        await world.Clock.PassAsync(atMost: TimeSpan.FromMilliseconds(100));
        await Eventually.True(() => world.Kinds() == "POST POST POST", "it is opened again");
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal([null, "2", null], world.Nodes[0].Requests.Select(request => request.LastEventId));
    }

    [Fact]
    public async Task A_stream_that_is_silent_is_left()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        var heard = new Heard();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, progress: heard);
        await heard.NextAsync<RaceEvent.Accepted>();
        await heard.NextAsync<RaceEvent.RunStarted>();
        await world.Clock.PassAsync(atLeast: TimeSpan.FromSeconds(40), atMost: TimeSpan.FromSeconds(45));
        await Eventually.True(() => world.Kinds() == "POST POST", "the stream is opened again");
        world.OnlyGoal.Settle(Verdict.Proved);
        await proving;
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_left()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("POST", (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        await world.Clock.PassAsync(atMost: TimeSpan.FromSeconds(30));
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal("POST", world.Kinds(1));
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_is_told_of_when_it_was_tried_long_enough()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2, options => options with { RetryFor = TimeSpan.FromSeconds(2) });
        foreach (var node in world.Nodes) await node.KillAsync();
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        var waits = new List<double>();
        for (var round = 0; round < 4; round++) waits.Add((await world.Clock.PassAsync(atMost: TimeSpan.FromSeconds(5))).TotalMilliseconds);
        Assert.Equal([100, 200, 400, 800], waits);
        var failure = await Assert.ThrowsAsync<ClusterUnreachableException>(() => proving);
        Assert.All(world.Nodes, node => Assert.Contains(node.Address, failure.Message));
    }

    /// <summary>The request is done, and nobody hears of it.</summary>
    private static async Task LoseAnswerAsync(HttpContext context, Func<Task> usual)
    {
        context.Response.Body = new MemoryStream();
        var done = usual();
        context.Abort();
        await done;
    }

    /// <summary>What a connection pool throws, unwrapped, if the other side resets a connection as soon as it has taken it. The first is one of those.</summary>
    private sealed class Resetting() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _sent;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _sent) == 1 ? throw new SocketException((int)SocketError.NotConnected) : base.SendAsync(request, cancellationToken);
    }
}
