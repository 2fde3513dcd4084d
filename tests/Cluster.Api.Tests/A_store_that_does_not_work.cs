using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Api.Routes;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Store;

namespace ProverCluster.Api;

/// <summary>A node whose store is in trouble takes nothing, says why, and takes goals again when it works.</summary>
public sealed class A_store_that_does_not_work : IAsyncLifetime
{
    private const string Why = "/var/lib/prover/store.db: the disk is full";

    private readonly StoreHealth _health = new("/var/lib/prover/store.db");
    private ApiNode _node = null!;

    public async Task InitializeAsync() => _node = await ApiNode.StartAsync(replace: services => services.AddSingleton(_health));

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task The_node_is_not_ready_and_refuses_submissions_with_the_reason_until_it_works()
    {
        _health.Fail("the disk is full", null);
        var batch = $"{ApiNode.Json("say unsat")}\n";
        Answer[] refused =
        [
            await _node.PostAsync("say unsat"),
            await _node.PostAsync("say unsat", "wait=true"),
            await _node.PostAsync("say unsat", "wait=events"),
            await _node.SendAsync(HttpMethod.Post, "/v1/goals:batch", batch, "application/x-ndjson"),
        ];
        Assert.All(refused, answer =>
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable", "1"), (answer.Status, answer.Code, answer.Headers["Retry-After"]));
            Assert.StartsWith(Why, answer["detail"]);
        });
        var ready = await _node.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), (ready.Status, ready.Code));
        Assert.DoesNotContain("/var/lib", ready["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _node.GetAsync("/health/live")).Status);

        _health.Work();
        Assert.Equal(HttpStatusCode.OK, (await _node.GetAsync("/health/ready")).Status);
        await _node.IsWellAsync();
    }

    [Fact]
    public async Task A_goal_that_is_there_is_shown_all_the_same()
    {
        var id = (await _node.PostAsync("say unsat", "wait=true"))["id"];
        _health.Fail("the disk is full", null);
        Assert.Equal("proved", (await _node.GetAsync($"/v1/goals/{id}"))["verdict"]);
    }

    [Fact]
    public async Task A_node_that_drains_says_so_whatever_its_store_does()
    {
        _health.Fail("the disk is full", null);
        _node.Server.Tools.Readiness.Drain();
        Assert.Equal("draining", (await _node.GetAsync("/health/ready")).Code);
    }

    [Fact]
    public void A_record_that_cannot_be_had_from_it_is_the_same_problem()
    {
        var problem = Assert.Throws<ProblemException>(() => GoalRoutes.ViewOf(new RecordEvents.Unavailable(GoalId.New(), Why))).Problem;
        Assert.Equal((StatusCodes.Status503ServiceUnavailable, "store-unavailable"), (problem.Status, problem.Code));
        Assert.StartsWith(Why, problem.Detail, StringComparison.Ordinal);
    }
}
