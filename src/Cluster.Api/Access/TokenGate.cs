using Microsoft.AspNetCore.Http;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Access;

/// <summary>Says whose request it is, and lets nobody in who may not. What is no route of ours wants a token too: it tells nobody what there is.</summary>
internal sealed class TokenGate(TokenBook? tokens)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var needs = context.GetEndpoint()?.Metadata.GetMetadata<RouteNeeds>();
        context.Features.Set(tokens is null || needs is { Roles: TokenRoles.None } ? Visitor.Anyone : Admit(context, tokens, needs));
        return next(context);
    }

    private static Visitor Admit(HttpContext context, TokenBook tokens, RouteNeeds? needs)
    {
        if (context.Request.Headers.Authorization is not { Count: > 0 } said)
            throw new ProblemException(Problem.NoToken);
        var presented = said is [{ } one] && one.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? one[Scheme.Length..].Trim() : "";
        var visitor = tokens.Find(presented, context.Connection.RemoteIpAddress) ?? throw new ProblemException(Problem.BadToken);
        return needs is null || visitor.Is(needs.Roles) ? visitor : throw new ProblemException(Problem.Forbidden(needs.Roles));
    }
}
