using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>
/// A goal's story as server-sent events. Each is asked of the record when the one before has been written: whoever reads slowly costs no more than whoever
/// reads fast, and the server gives up a connection that takes nothing.
/// </summary>
internal sealed class EventRoutes(ApiTools tools)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly CountRange Number = new(0, int.MaxValue);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/goals/{id}/events", StreamAsync).For(TokenRoles.Submit | TokenRoles.Read);

    private async Task StreamAsync(HttpContext context)
    {
        using var place = tools.Streams.TryTake(1)
            ?? throw new ProblemException(Problem.TooBusy("as many streams are open as http.max-streams allows; try another node"));
        var id = GoalRoutes.IdOf(context);
        var after = context.Request.Headers[LastEventId] is [{ Length: > 0 } last] ? SubmissionOptions.Read(LastEventId, Number, last) : 0;
        var visitor = context.Visitor();
        GoalRoutes.ViewOf(await tools.Records.ShowAsync(id, visitor.Caller, context.RequestAborted));
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.FlushAsync(context.RequestAborted);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, tools.Readiness.Draining, visitor.Revoked);
        try
        {
            await WriteAllAsync(context.Response, id, visitor.Caller, after, end.Token);
        }
        catch (OperationCanceledException) when (tools.Readiness.Draining.IsCancellationRequested || visitor.Revoked.IsCancellationRequested)
        {
            // The client goes on elsewhere with the id that it has; or is told when it asks again that its token is nobody's.
        }
    }

    private async Task WriteAllAsync(HttpResponse response, GoalId id, Caller who, int after, CancellationToken cancellation)
    {
        while (true)
        {
            switch (await tools.Records.NextAsync(id, who, after, tools.Settings.Http.KeepAlive, cancellation))
            {
                case null:
                    await response.WriteAsync(": still there\n\n", cancellation);
                    break;
                case RecordEvents.Told told:
                    after = told.Number;
                    await WriteAsync(response, told, who, cancellation);
                    if (told.Event is GoalEvents.Settled)
                        return;
                    break;
                default:
                    return;
            }

            await response.Body.FlushAsync(cancellation);
        }
    }

    private async Task WriteAsync(HttpResponse response, RecordEvents.Told told, Caller who, CancellationToken cancellation)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"id: {told.Number}\nevent: {GoalEventJson.Name(told.Event)}\ndata: ");
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(head), cancellation);
        var view = told.Event is GoalEvents.Settled ? await SettledAsync(told, who, cancellation) : null;
        await response.Body.WriteAsync(JsonForm.Bytes(json => json.WriteEvent(told.Event, view)), cancellation);
        await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellation);
    }

    /// <summary>The whole goal, which the event alone does not tell.</summary>
    private async Task<RecordView?> SettledAsync(RecordEvents.Told told, Caller who, CancellationToken cancellation) =>
        await tools.Records.ShowAsync(told.Goal, who, cancellation) is RecordEvents.Shown shown
            ? await tools.Records.BringOutputAsync(shown.View with { Answer = ((GoalEvents.Settled)told.Event).Answer }, cancellation)
            : null;
}
