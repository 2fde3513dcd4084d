using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api.Routes;

/// <summary>What this node measures, for Prometheus.</summary>
internal sealed class MetricsRoutes(ApiTools tools)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", context =>
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(tools.Metrics.Text(), context.RequestAborted);
    }).For(tools.Settings.Http.HasOpenMetrics ? TokenRoles.None : TokenRoles.Read);
}
