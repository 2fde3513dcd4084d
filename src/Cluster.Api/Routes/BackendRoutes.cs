using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Api.Routes;

/// <summary>What the cluster can run, by node, as this node knows it.</summary>
internal sealed class BackendRoutes(ApiTools tools)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/backends", WriteAsync);

    private Task WriteAsync(HttpContext context) => context.Response.WriteAsync(StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (var node in tools.Board.Nodes.Values.Where(node => node.IsReachable).OrderBy(node => node.Offered.Node, StringComparer.Ordinal))
            WriteNode(json, node);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteNode(Utf8JsonWriter json, NodeEntry node)
    {
        json.WriteStartObject();
        json.WriteString("node", node.Offered.Node);
        json.WriteNumber("slots", node.Offered.Slots);
        json.WriteNumber("free", Math.Max(0, node.Offered.Free));
        json.WriteNumber("waiting", node.Offered.Waiting);
        json.WriteBoolean("draining", node.Offered.IsDraining);
        json.WriteStartArray("backends");
        foreach (var offer in node.Offered.Backends)
        {
            json.WriteStartObject();
            json.WriteString("backend", offer.Backend.Value);
            json.WriteString("language", offer.Language.Name());
            json.WriteString("version", offer.Version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
