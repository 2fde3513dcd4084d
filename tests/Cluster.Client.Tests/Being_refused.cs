using Microsoft.AspNetCore.Http;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>One exception for each cause, and nothing asked again that no repetition mends.</summary>
public sealed class Being_refused
{
    [Theory]
    [InlineData(400, "bad-option", typeof(RequestRefusedException))]
    [InlineData(413, "too-large", typeof(RequestRefusedException))]
    [InlineData(414, "uri-too-long", typeof(RequestRefusedException))]
    [InlineData(415, "unknown-language", typeof(RequestRefusedException))]
    [InlineData(431, "headers-too-large", typeof(RequestRefusedException))]
    [InlineData(401, "no-token", typeof(UnauthorizedException))]
    [InlineData(403, "forbidden", typeof(ForbiddenException))]
    [InlineData(409, "id-in-use", typeof(GoalIdInUseException))]
    [InlineData(404, "unknown-route", typeof(ProtocolException))]
    [InlineData(418, "teapot", typeof(ProtocolException))]
    public async Task A_cause_has_an_exception_of_its_own(int status, string code, Type type)
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("POST", status, code);
        var failure = (ProverClientException)await Assert.ThrowsAsync(type, () => world.Prover.ProveAsync(ClientWorld.Goal));
        Assert.Equal(code, failure.Code);
        Assert.StartsWith($"{failure.Endpoint} answered {status} {code}: so the test says", failure.Message);
        Assert.Empty(world.Nodes[1].Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>welcome</html>")]
    [InlineData("""{"id":"g1","state":"open","goal":"a","runs":[]}""")]
    [InlineData("""[1,2""")]
    public async Task An_answer_that_is_none_is_a_failure_of_the_protocol(string answer)
    {
        await using var world = await ClientWorld.StartAsync();
        world.Nodes[0].Next("POST", (context, _) => context.Response.WriteAsync(answer));
        await Assert.ThrowsAsync<ProtocolException>(() => world.Prover.ProveAsync(ClientWorld.Goal));
        Assert.Equal("POST", world.Kinds());
    }

    [Theory]
    [InlineData("settled", "{")]
    [InlineData("settled", """{"id":"another","state":"settled","goal":"a","verdict":"proved","settledMs":1.0,"runs":[]}""")]
    [InlineData("settled", """{"id":"mine","state":"open","goal":"a","verdict":"proved","settledMs":1.0,"runs":[]}""")]
    [InlineData("settled", """{"id":"mine","state":"settled","goal":"a","verdict":"perhaps","settledMs":1.0,"runs":[]}""")]
    [InlineData("decided", """{"id":"mine"}""")]
    public async Task An_event_that_is_none_is_never_a_verdict(string name, string data)
    {
        await using var world = await ClientWorld.StartAsync();
        world.Cluster.Race = goal => goal.TellRaw(name, data);
        await Assert.ThrowsAsync<ProtocolException>(() => world.Prover.ProveAsync(ClientWorld.Goal with { Id = Messages.Ids.GoalId.Parse("mine") }));
        Assert.Equal("POST", world.Kinds());
    }

    [Fact]
    public async Task Something_else_than_events_is_a_failure_of_the_protocol()
    {
        await using var world = await ClientWorld.StartAsync();
        var goal = ClientWorld.Goal with { Id = Messages.Ids.GoalId.Parse("mine") };
        await world.Prover.ProveAsync(goal);
        world.Nodes[0].Next("EVENTS", (context, _) => context.Response.WriteAsync("hello"));
        await Assert.ThrowsAsync<ProtocolException>(async () => await world.Prover.WatchAsync(goal.Id!).FirstAsync());
    }

    [Fact]
    public async Task A_full_queue_is_asked_again_when_it_wants_to_be()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Nodes[0].Next("POST", 429, "queue-full", ("Retry-After", "7"));
        world.Nodes[0].Next("POST", 429, "queue-full");
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        Assert.Equal(TimeSpan.FromSeconds(7), await world.Clock.PassAsync(atMost: TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.FromSeconds(1), await world.Clock.PassAsync(atMost: TimeSpan.FromSeconds(10)));
        Assert.Equal(Verdict.Proved, (await proving).Verdict);
    }

    [Fact]
    public async Task A_queue_that_stays_full_is_told_of()
    {
        await using var world = await ClientWorld.StartAsync();
        world.Nodes[0].Next("POST", 429, "quota", ("Retry-After", "60"));
        var failure = await Assert.ThrowsAsync<QueueFullException>(() => world.Prover.ProveAsync(ClientWorld.Goal));
        Assert.Equal(("quota", TimeSpan.FromSeconds(60)), (failure.Code, failure.RetryAfter));
        Assert.Equal("POST", world.Kinds());
    }

    [Fact]
    public async Task A_bulk_waits_for_as_long_as_the_queue_is_full()
    {
        await using var world = await ClientWorld.StartAsync();
        for (var times = 0; times < 20; times++) world.Nodes[0].Next("POST", 429, "quota", ("Retry-After", "20"));
        var proving = world.Prover.ProveManyAsync([ClientWorld.Goal]).ToListAsync().AsTask();
        for (var times = 0; times < 20; times++) Assert.Equal(TimeSpan.FromSeconds(20), await world.Clock.PassAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)));
        Assert.Equal(Verdict.Proved, Assert.Single(await proving).Verdict);
    }

    [Fact]
    public async Task Chance_takes_up_to_a_half_of_a_wait_and_adds_up_to_a_tenth_to_what_a_full_cluster_wants()
    {
        await using var world = await ClientWorld.StartAsync(change: options => options with { Chance = () => 1 });
        world.Nodes[0].Next("POST", 503, "too-busy");
        world.Nodes[0].Next("POST", 429, "queue-full", ("Retry-After", "10"));
        var proving = world.Prover.ProveAsync(ClientWorld.Goal);
        Assert.Equal(TimeSpan.FromMilliseconds(50), await world.Clock.PassAsync(atMost: TimeSpan.FromSeconds(20)));
        Assert.Equal(TimeSpan.FromSeconds(11), await world.Clock.PassAsync(atMost: TimeSpan.FromSeconds(20)));
        await proving;
    }
}
