using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Inspection;

namespace ProverCluster.Api.Routes;

/// <summary>Who is in the cluster, where its shards are, and how a member gets out of it.</summary>
internal sealed class ClusterRoutes(ApiTools tools)
{
    private ClusterInspection Cluster => tools.Inspection;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cluster/members", WriteMembersAsync).For(TokenRoles.Read);
        routes.MapGet("/v1/cluster/shards", WriteShardsAsync).For(TokenRoles.Read);
        routes.MapPost("/v1/cluster/members/{address}/leave", LeaveAsync).For(TokenRoles.Admin);
        routes.MapPost("/v1/cluster/members/{address}/down", DownAsync).For(TokenRoles.Admin);
    }

    /// <summary>The member in the path.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static string NodeOf(HttpContext context, ClusterInspection cluster) => Known(context.GetRouteValue("address") as string ?? "", cluster);

    /// <exception cref="ProblemException">It is no member.</exception>
    public static string Known(string name, ClusterInspection cluster) => cluster.Knows(name) ? name : throw new ProblemException(Problem.UnknownNode(name));

    private async Task WriteMembersAsync(HttpContext context)
    {
        var members = await Cluster.MembersAsync(context.RequestAborted);
        await context.Response.WriteAsync(StatusCodes.Status200OK, json => MemberJson.Write(json, members));
    }

    private async Task WriteShardsAsync(HttpContext context)
    {
        var shards = await Cluster.ShardsAsync(context.RequestAborted);
        await context.Response.WriteAsync(StatusCodes.Status200OK, json => ShardJson.Write(json, shards));
    }

    private async Task LeaveAsync(HttpContext context)
    {
        var node = OfOthers(context);
        _ = await Cluster.AskAsync<NodeAnswers.Leaving>(node, new NodeQuestions.Leave(), context.RequestAborted) ?? throw new ProblemException(Problem.NodeSilent(node));
        await AcceptAsync(context, node);
    }

    private Task DownAsync(HttpContext context)
    {
        var node = OfOthers(context);
        Cluster.Down(node);
        return AcceptAsync(context, node);
    }

    private string OfOthers(HttpContext context)
    {
        var node = NodeOf(context, Cluster);
        return Cluster.IsAlone ? throw new ProblemException(Problem.Alone) : node;
    }

    private static Task AcceptAsync(HttpContext context, string node) => context.Response.WriteAsync(StatusCodes.Status202Accepted, json =>
    {
        json.WriteStartObject();
        json.WriteString("node", node);
        json.WriteEndObject();
    });
}
