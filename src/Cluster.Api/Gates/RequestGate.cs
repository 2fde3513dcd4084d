using Microsoft.AspNetCore.Http;

namespace ProverCluster.Api.Gates;

/// <summary>Lets so many requests in at once. Whether the node lives is answered in any case.</summary>
internal sealed class RequestGate(int most)
{
    private readonly Room _room = new(most);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        using var place = _room.TryTake(1)
            ?? throw new ProblemException(Problem.TooBusy("as many requests are being answered as http.max-requests allows; try again, or another node"));
        await next(context);
    }
}
