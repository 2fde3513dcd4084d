using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProverCluster.Api.Gates;

/// <summary>Says of a route which of its requests stay for as long as a goal takes.</summary>
internal sealed record RouteStays(Func<HttpRequest, bool> If);

internal static class RouteStaysExtensions
{
    /// <summary>All of them stay.</summary>
    public static IEndpointConventionBuilder Stays(this IEndpointConventionBuilder route) => route.WithMetadata(new RouteStays(_ => true));

    /// <summary>Those stay that are sent to wait.</summary>
    public static IEndpointConventionBuilder StaysIfItWaits(this IEndpointConventionBuilder route) =>
        route.WithMetadata(new RouteStays(request => request.Query["wait"] is [not "false"]));
}
