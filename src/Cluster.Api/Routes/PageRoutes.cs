using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;

namespace ProverCluster.Api.Routes;

/// <summary>
/// The page for people (docs/page.md): files that are built into this program and say nothing of any goal, so that everybody may have them; what the page
/// shows it asks for as any client does.
/// </summary>
internal static class PageRoutes
{
    /// <summary>
    /// Nothing but our own files runs, and nobody else's page holds ours in a frame. Goals' names and provers' words are hostile: no text becomes markup, which
    /// the browser sees to itself, since there is no policy by which a string could (trusted types).
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => WriteAsync(context, PageFiles.Index, "no-cache")).ForAll();
        // Under another name once it says something else, and so good for as long as a browser likes.
        routes.MapGet("/page/{version}/{file}", context => WriteAsync(context, Asked(context), "public, max-age=31536000, immutable")).ForAll();
    }

    private static PageFile Asked(HttpContext context) =>
        PageFiles.Find((string)context.GetRouteValue("version")!, (string)context.GetRouteValue("file")!) ?? throw new ProblemException(Problem.UnknownRoute);

    private static Task WriteAsync(HttpContext context, PageFile file, string caching)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = caching;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        return context.Response.Body.WriteAsync(file.Bytes).AsTask();
    }
}
