using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;

namespace ProverCluster.Api.Routes;

/// <summary>All of this for programs, as OpenAPI. It is written by hand, since it is a contract; tests hold it against what the routes do.</summary>
internal static class DescriptionRoutes
{
    private const string Resource = "openapi.json";

    private static readonly Lazy<byte[]> Text = new(() =>
    {
        using var stream = typeof(DescriptionRoutes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not built into this program");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi/v1.json", async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Text.Value);
    }).ForAll();
}
