using Microsoft.AspNetCore.Http;

namespace ProverCluster.Api.Gates;

/// <summary>
/// Lets so many requests in at once, and beside them so many of those that stay for as long as a goal takes: whoever only waits keeps nobody out who asks for
/// something, or gives a goal up. Whether the node lives is answered in any case.
/// </summary>
internal sealed class RequestGate(int most, Room streams)
{
    private readonly Room _requests = new(most);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        using var place = Stays(context) ? Take(streams, "waits are open as http.max-streams") : Take(_requests, "requests are being answered as http.max-requests");
        await next(context);
    }

    private static bool Stays(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteStays>()?.If(context.Request) == true;

    private static Room.Lease Take(Room room, string what) =>
        room.TryTake(1) ?? throw new ProblemException(Problem.TooBusy($"as many {what} allows; try again, or another node"));
}
