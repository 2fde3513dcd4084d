using Microsoft.AspNetCore.Http;
using ProverCluster.Client.Tests.World;

namespace ProverCluster.Client.Tests;

/// <summary>How the cluster itself is asked, and told: as much in one request as docs/http.md says.</summary>
public sealed class Operating
{
    [Fact]
    public async Task Everything_that_can_be_asked_has_its_route()
    {
        await using var world = await ClientWorld.StartAsync();
        var (node, cluster) = (world.Nodes[0], world.Prover.Cluster);
        node.Next("GET", Says("""{"node":"a:1","members":[],"silent":["b:1"]}"""));
        Assert.Equal("b:1", Assert.Single((await cluster.MembersAsync()).Silent));
        node.Next("GET", Says("""{"shards":[],"silent":[]}"""));
        Assert.Empty((await cluster.ShardsAsync()).Shards);
        node.Next("GET", Says("""{"node":"a:1","runs":[]}"""));
        Assert.Equal("a:1", (await cluster.RunsAsync("[::1]:4051")).Node);
        node.Next("GET", Says("""{"node":"a:1","path":"/user","actors":[],"truncated":true}"""));
        Assert.True((await cluster.ActorsAsync(new ActorQuery { Node = "a:1", Path = "/user/a b", Depth = 3, Limit = 7 })).IsTruncated);
        node.Next("POST", Says("""{"node":"a:1"}"""));
        await cluster.LeaveAsync("a:1");
        node.Next("POST", Says("""{"node":"a:1"}"""));
        await cluster.DownAsync("a:1");

        Assert.Equal(
            [
                "GET /v1/cluster/members", "GET /v1/cluster/shards", "GET /v1/nodes/%5B::1%5D:4051/runs", "GET /v1/actors?node=a%3A1&path=%2Fuser%2Fa%20b&depth=3&limit=7",
                "POST /v1/cluster/members/a:1/leave", "POST /v1/cluster/members/a:1/down",
            ],
            node.Requests.Select(request => $"{request.Kind} {request.RouteInFull}"));
    }

    [Theory]
    [InlineData(404, "unknown-node")]
    [InlineData(404, "unknown-actor")]
    [InlineData(409, "alone")]
    public async Task What_is_not_there_is_a_refusal_and_not_asked_elsewhere(int status, string code)
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("POST", status, code);
        Assert.Equal(code, (await Assert.ThrowsAsync<RequestRefusedException>(() => world.Prover.Cluster.LeaveAsync("a:1"))).Code);
        Assert.Empty(world.Nodes[1].Requests);
    }

    /// <summary>Of a node that is silent to one, another may know more.</summary>
    [Fact]
    public async Task A_node_that_was_silent_is_asked_for_elsewhere()
    {
        await using var world = await ClientWorld.StartAsync(nodes: 2);
        world.Nodes[0].Next("GET", 503, "node-silent");
        world.Nodes[1].Next("GET", Says("""{"node":"a:1","runs":[]}"""));
        Assert.Equal("a:1", (await world.Prover.Cluster.RunsAsync("a:1")).Node);
    }

    private static Func<HttpContext, Func<Task>, Task> Says(string json) => (context, _) =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    };
}
