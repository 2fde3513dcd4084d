using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Store;

namespace ProverCluster.Api.Routes;

/// <summary>The cache of verdicts, for whoever runs the cluster: it is nobody's own.</summary>
internal sealed class CacheRoutes(ApiTools tools)
{
    private const int UsualLimit = 100;

    /// <summary>Verdicts that are taken away in one step, so that nobody waits long behind it.</summary>
    private const int ClearAtOnce = 500;

    private static readonly string[] Known = ["limit", "after"];
    private static readonly CountRange Limit = new(1, 1000);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cache", ShowAsync).For(TokenRoles.Admin);
        routes.MapDelete("/v1/cache", ClearAsync).For(TokenRoles.Admin);
    }

    /// <exception cref="ProblemException">Whoever asked would be told of no verdicts where others may have some.</exception>
    private IVerdictCache Cache => tools.Cache ?? throw new ProblemException(Problem.StoreUnavailable("this node has no store, and those of its cluster that have one know what is cached"));

    private async Task ShowAsync(HttpContext context)
    {
        var (query, cancellation) = (context.Request.Query, context.RequestAborted);
        foreach (var (name, values) in query)
        {
            if (!Known.Contains(name))
                throw SubmissionOptions.Unknown(name, Known);
            if (values.Count > 1)
                throw SubmissionOptions.Bad($"{name} is said twice");
        }

        var limit = query["limit"] is [{ } number] ? SubmissionOptions.Read("limit", Limit, number) : UsualLimit;
        var page = await TryAsync(async () =>
        {
            var (counts, found) = (await Cache.CountAsync(cancellation), await Cache.PageAsync(query["after"] is [{ } after] ? after : "", limit, cancellation));
            return new CachePageJson(counts.Entries, counts.Bytes, [.. found.Select(EntryOf).OfType<CacheEntry>()], found.Count < limit ? null : found[^1].Key);
        });
        await context.Response.WriteAsync(StatusCodes.Status200OK, page.Write);
    }

    private async Task ClearAsync(HttpContext context)
    {
        if (context.Request.Query.Keys.FirstOrDefault() is { } unknown)
            throw SubmissionOptions.Unknown(unknown, []);
        var removed = await TryAsync(async () =>
        {
            var all = 0L;
            for (var step = ClearAtOnce; step == ClearAtOnce; all += step)
                step = await Cache.ClearAsync(ClearAtOnce, context.RequestAborted);
            return all;
        });
        await context.Response.WriteAsync(StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("removed", removed);
            json.WriteEndObject();
        });
    }

    /// <summary>Null for one that cannot be what it says, and is never given to anybody.</summary>
    private static CacheEntry? EntryOf(CachedVerdict found) => found.Language is { } language && Provenance.TryRead(found.Provenance, found.Verdict, out var provenance)
        ? new CacheEntry(found.Key, language, found.Verdict, found.Bytes, provenance)
        : null;

    private static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StoreUnavailable trouble)
        {
            throw new ProblemException(Problem.StoreUnavailable(trouble.Message));
        }
    }
}
