using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;

namespace ProverCluster.Api.Routes;

/// <summary>Whether this process answers, and whether it takes goals.</summary>
internal sealed class HealthRoutes(ApiTools tools)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", context => SayAsync(context, "live")).ForAll();
        routes.MapGet("/health/ready", context => tools.Readiness.PublicRefusal is { } refusal ? throw new ProblemException(refusal) : SayAsync(context, "ready")).ForAll();
    }

    private static Task SayAsync(HttpContext context, string status) => context.Response.WriteAsync(StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteEndObject();
    });
}
