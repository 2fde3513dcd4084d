using Microsoft.AspNetCore.Builder;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Access;

/// <summary>What a route wants of whoever asks, where tokens are wanted at all: one of these roles, or nothing, not even a token.</summary>
internal sealed record RouteNeeds(TokenRoles Roles);

internal static class RouteNeedsExtensions
{
    /// <summary>Answers whoever has one of these roles.</summary>
    public static IEndpointConventionBuilder For(this IEndpointConventionBuilder route, TokenRoles roles) => route.WithMetadata(new RouteNeeds(roles));

    /// <summary>Answers everybody.</summary>
    public static IEndpointConventionBuilder ForAll(this IEndpointConventionBuilder route) => route.For(TokenRoles.None);
}
