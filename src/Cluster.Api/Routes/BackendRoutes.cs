using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>What the cluster can run, by node, as this node knows it.</summary>
internal sealed class BackendRoutes(ApiTools tools)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/backends", WriteAsync).For(TokenRoles.Read);

    private Task WriteAsync(HttpContext context)
    {
        var nodes = tools.Board.Nodes.Values.Where(node => node.IsReachable).OrderBy(node => node.Offered.Node, StringComparer.Ordinal);
        // More may be asked of a node than it has, for a moment.
        var views = nodes.Select(node => NodeView.Of(node.Offered with { Free = Math.Max(0, node.Offered.Free) }));
        return context.Response.WriteAsync(StatusCodes.Status200OK, json => NodeJson.Write(json, views));
    }
}
