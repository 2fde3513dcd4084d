using System.Net;
using Microsoft.AspNetCore.Http;

namespace ProverCluster.Api.Access;

/// <summary>
/// Where nobody needs a token, the users of this machine are let in, and the pages in their browsers are not. A page can send a browser here by a name of its own
/// that leads to 127.0.0.1, or as what it is; the first is told by the header Host, the second by Origin, and neither is a page's to choose.
/// </summary>
internal static class LocalGate
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        if (!IsHere(host.Host))
            throw new ProblemException(Problem.BadHost(host.Value ?? ""));
        foreach (var origin in context.Request.Headers.Origin)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || !IsHere(site.Host))
                throw new ProblemException(Problem.BadOrigin(origin ?? ""));
        }

        return next(context);
    }

    private static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
