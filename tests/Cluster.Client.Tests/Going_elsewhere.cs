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
        Assert.Equal("POST EVENTS", world.Kinds(1));
        Assert.Equal(0, world.Clock.GetTimestamp());
    }

    [Theory]
    [InlineData(503, "draining")]
    [InlineData(503, "not-a-member")]
    [InlineData(500, "internal")]
    public async Task A_node_that_cannot_take_it_is_left_for_good(int status, string code)
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("POST", status, code);
        await world.Prover.ProveAsync(ClientWorld.Goal);
        await world.Prover.ProveAsync(ClientWorld.Goal);
        Assert.Equal(("POST", "POST EVENTS POST EVENTS"), (world.Kinds(0), world.Kinds(1)));
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
        await Eventually.True(() => world.Kinds() == "POST EVENTS EVENTS", "the stream is opened again");
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal("RunEnded Settled", heard.Rest());
        Assert.Equal([null, null, "2"], world.Nodes[0].Requests.Select(request => request.LastEventId));
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
        await Eventually.True(() => world.Kinds(1) == "EVENTS", "the other node is asked");
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
        world.Nodes[0].Next("POST", async (context, usual) =>
        {
            var answer = new MemoryStream();
            context.Response.Body = answer;
            await usual();
            context.Abort();
        });
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, TenSeconds);
        await Eventually.True(() => world.Kinds(1) == "POST EVENTS", "the other node is asked");
        Assert.Equal(world.Nodes[0].Requests.First() with { Kind = "POST" }, world.Nodes[1].Requests.First());
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mine")]
    public async Task An_id_that_is_in_use_when_an_answer_was_lost_is_ours_only_if_it_is_fresh(string? id)
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        // Its defaults are others, so to the second node it is not the same goal.
        world.Nodes[0].Next("POST", async (context, usual) =>
        {
            context.Response.Body = new MemoryStream();
            await usual();
            context.Abort();
        });
        world.Nodes[1].Next("POST", 409, "id-in-use");
        var proving = world.Prover.ProveAsync(ClientWorld.Goal with { Id = id is null ? null : Messages.Ids.GoalId.Parse(id) });
        if (id is null) Assert.Equal(Verdict.Proved, (await proving).Verdict);
        else await Assert.ThrowsAsync<GoalIdInUseException>(() => proving);
        // What is another's is not taken back.
        Assert.Equal(id is null ? "POST EVENTS" : "POST", world.Kinds(1));
    }

    [Fact]
    public async Task A_goal_that_was_lost_with_its_node_is_submitted_again_with_what_is_left_of_its_deadline()
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
        await world.Clock.PassAsync(atMost: TimeSpan.FromMilliseconds(100));
        await heard.NextAsync<RaceEvent.Accepted>();
        var again = world.OnlyGoal;
        Assert.Equal(lost.Id, again.Id);
        Assert.Contains("&timeout=6900ms", again.Query);
        again.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
        Assert.Equal("RunStarted RunEnded Settled", heard.Rest());
    }

    [Fact]
    public async Task A_goal_that_is_found_again_meanwhile_is_followed()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.Begin();
        world.Nodes[0].Next("EVENTS", 404, "unknown-goal");
        var proving = world.Prover.ProveAsync(ClientWorld.Goal, TenSeconds);
        // What is left is less than at first, so the cluster takes it for another goal of that id.
        await world.Clock.PassAsync(atMost: TimeSpan.FromMilliseconds(100));
        await Eventually.True(() => world.Kinds() == "POST EVENTS POST EVENTS", "the goal is followed");
        world.OnlyGoal.Settle(Verdict.Proved);
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
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
        await Eventually.True(() => world.Kinds() == "POST EVENTS EVENTS", "the stream is opened again");
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
        Assert.Equal("POST EVENTS", world.Kinds(1));
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
}
