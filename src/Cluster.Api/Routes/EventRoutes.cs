using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Records;

namespace ProverCluster.Api.Routes;

/// <summary>
/// A goal's story as server-sent events. Each is asked of the record when the one before has been written: whoever reads slowly costs no more than whoever
/// reads fast, and the server gives up a connection that takes nothing.
/// </summary>
internal sealed class EventRoutes(ApiTools tools, GoalWriter writer)
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>How long a submission may take to be accepted before its client is told that somebody is at it: the record of a lost node has no other place for a while.</summary>
    private static readonly TimeSpan AcceptPatience = TimeSpan.FromSeconds(3);

    /// <summary>How long after its answer a goal's last events may come: a record that was lost with its node never tells them, and another one is asked.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long after the end of its story a goal is looked for that is begun anew.</summary>
    private static readonly TimeSpan AgainPatience = TimeSpan.FromMilliseconds(50);

    /// <summary>How long after a record could not be had from the store it is asked for again.</summary>
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(1);

    private static readonly CountRange Number = new(0, int.MaxValue);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/goals/{id}/events", WatchAsync).For(TokenRoles.Submit | TokenRoles.Read).Stays();

    /// <summary>Submits a goal and tells its story. The interest is the connection's: when that ends, the goal is given up, unless somebody else wants it.</summary>
    public async Task FollowAsync(HttpContext context, Submission submission, SubmissionWay how)
    {
        var after = After(context);
        var wait = await tools.Submitter.FollowAsync(submission, context.Visitor(), how, context.RequestAborted);
        try
        {
            await wait.Accepted.WaitAsync(AcceptPatience, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (wait.Answer.IsCompleted)
                GoalRoutes.ViewOf(await wait.Answer);
            await TellAsync(context, submission.Goal.Id, after, wait);
        }
        finally
        {
            // A node that drains is no client that has gone: until it has left, the client has come back elsewhere.
            if (!tools.Readiness.Draining.IsCancellationRequested)
                wait.Dispose();
        }
    }

    private async Task WatchAsync(HttpContext context)
    {
        var id = GoalRoutes.IdOf(context);
        var after = After(context);
        GoalRoutes.ViewOf(await tools.Records.ShowAsync(id, context.Visitor().Caller, context.RequestAborted));
        await TellAsync(context, id, after, null);
    }

    private static int After(HttpContext context) =>
        context.Request.Headers[LastEventId] is [{ Length: > 0 } last] ? SubmissionOptions.Read(LastEventId, Number, last) : 0;

    private async Task TellAsync(HttpContext context, GoalId id, int after, GoalWait? wait)
    {
        var visitor = context.Visitor();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.FlushAsync(context.RequestAborted);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, tools.Readiness.Draining, visitor.Revoked);
        try
        {
            if (wait is null || await BeAcceptedAsync(context.Response, wait, end.Token))
                await WriteAllAsync(context.Response, id, visitor.Caller, after, wait, end.Token);
        }
        catch (OperationCanceledException) when (tools.Readiness.Draining.IsCancellationRequested || visitor.Revoked.IsCancellationRequested)
        {
            // The client goes on elsewhere with the id that it has; or is told when it asks again that its token is nobody's.
        }
    }

    /// <summary>Until the goal is accepted, what is told under its id may be of another one; false if it is not accepted, which its client hears when it asks again.</summary>
    private async Task<bool> BeAcceptedAsync(HttpResponse response, GoalWait wait, CancellationToken cancellation)
    {
        while (await Task.WhenAny(wait.Accepted, Task.Delay(tools.Settings.Http.KeepAlive, cancellation)) != wait.Accepted)
        {
            cancellation.ThrowIfCancellationRequested();
            await response.WriteAsync(": still there\n\n", cancellation);
            await response.Body.FlushAsync(cancellation);
        }

        return !wait.Answer.IsCompleted || (wait.Answer.IsCompletedSuccessfully && await wait.Answer is RecordEvents.Shown);
    }

    private async Task WriteAllAsync(HttpResponse response, GoalId id, Caller who, int after, GoalWait? wait, CancellationToken cancellation)
    {
        while (true)
        {
            switch (await NextAsync(id, who, after, wait, cancellation))
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
                case RecordEvents.Unavailable when wait is { Answer.IsCompleted: false }:
                    // What was told stays true, and what comes next is told when it can be read; without a submission that waits, whoever watches asks again.
                    await response.WriteAsync(": still there\n\n", cancellation);
                    await Task.Delay(StorePatience, cancellation);
                    break;
                case not null when wait is { Answer.IsCompleted: false }:
                    // Whoever waits for the goal has it raced anew, if it was given up before or its record was lost.
                    after = 0;
                    await Task.Delay(AgainPatience, cancellation);
                    break;
                default:
                    return;
            }

            await response.Body.FlushAsync(cancellation);
        }
    }

    private async Task<IRecordEvent?> NextAsync(GoalId id, Caller who, int after, GoalWait? wait, CancellationToken cancellation)
    {
        var isOver = wait is { Answer.IsCompleted: true };
        var next = tools.Records.NextAsync(id, who, after, isOver ? LastPatience : tools.Settings.Http.KeepAlive, cancellation);
        if (wait is null || isOver || await Task.WhenAny((Task)next, wait.Answer) == next || await Task.WhenAny(next, Task.Delay(LastPatience, cancellation)) == next)
            return await next;
        return await tools.Records.NextAsync(id, who, after, LastPatience, cancellation);
    }

    private async Task WriteAsync(HttpResponse response, RecordEvents.Told told, Caller who, CancellationToken cancellation)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"id: {told.Number}\nevent: {GoalEventJson.Name(told.Event)}\ndata: ");
        await response.WriteAsync(head, cancellation);
        if (told.Event is GoalEvents.Settled settled && await ShowAsync(settled, who, cancellation) is { } view)
            await writer.WriteAsync(response, view, cancellation);
        else
            await response.Body.WriteAsync(JsonForm.Bytes(json => json.WriteEvent(told.Event)), cancellation);
        await response.WriteAsync("\n\n", cancellation);
    }

    /// <summary>The whole goal, which the event alone does not tell.</summary>
    private async Task<RecordView?> ShowAsync(GoalEvents.Settled settled, Caller who, CancellationToken cancellation) =>
        await tools.Records.ShowAsync(settled.Id, who, cancellation) is RecordEvents.Shown shown ? shown.View with { Answer = shown.View.Answer ?? settled.Answer } : null;
}
