using System.IO.Pipelines;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>
/// Many goals over one connection: a submission on each line, an answer on each line, in the same order. So many are raced at once, and the next line is read
/// when the first of them has been answered. A line that is no submission is answered by a problem, and the batch goes on. When its token is revoked no line more is
/// read.
/// </summary>
internal sealed class BatchRoutes(ApiTools tools, GoalWriter writer)
{
    private const string Lines = "application/x-ndjson";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/goals:batch", AnswerAsync).For(TokenRoles.Submit).Stays();

    private async Task AnswerAsync(HttpContext context)
    {
        tools.Readiness.Demand();
        if (context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not (Lines or "application/json"))
            throw new ProblemException(Problem.UnknownLanguage(context.Request.ContentType) with { Detail = $"{Lines} is wanted: a submission on each line" });
        if (context.Request.Query.Keys.FirstOrDefault() is { } name)
            throw SubmissionOptions.Unknown(name, []);
        LetStream(context);
        context.Response.ContentType = Lines;
        await context.Response.Body.FlushAsync(context.RequestAborted);

        var visitor = context.Visitor();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, tools.Readiness.Stopping);
        using var allowed = CancellationTokenSource.CreateLinkedTokenSource(end.Token, visitor.Revoked);
        // A line has its place until it is answered, and a batch alone does not meet the quota of its own token.
        var places = new SemaphoreSlim(Math.Min(tools.Settings.Http.BatchParallel, visitor.MostOpen ?? int.MaxValue));
        var inFlight = Channel.CreateUnbounded<Task<LineAnswer>>();
        var reading = ReadAsync(context.Request.BodyReader, inFlight.Writer, places, visitor, allowed.Token, end.Token);
        try
        {
            await foreach (var answer in inFlight.Reader.ReadAllAsync(end.Token))
            {
                await WriteAsync(context.Response, await answer, end.Token);
                places.Release();
            }
        }
        finally
        {
            // Whatever is in flight belongs to this connection.
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The output is brought here alone: what waits for its turn to be written holds none.</summary>
    private async Task WriteAsync(HttpResponse response, LineAnswer answer, CancellationToken cancellation)
    {
        if (answer.Goal is { } goal)
            await writer.WriteAsync(response, goal, cancellation);
        else
            await response.Body.WriteAsync(answer.Problem!.Json(), cancellation);
        await response.WriteAsync("\n", cancellation);
    }

    /// <summary>A batch may rest between two lines; in a line it may not, which is seen to where lines are read.</summary>
    private static void LetStream(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private async Task ReadAsync(
        PipeReader body, ChannelWriter<Task<LineAnswer>> inFlight, SemaphoreSlim places, Visitor visitor, CancellationToken allowed, CancellationToken cancellation)
    {
        try
        {
            await ReadLinesAsync(new LineReader(body, tools.Settings.Http.MaxBodyBytes, tools.Bodies), inFlight, places, visitor, allowed);
            inFlight.Complete();
        }
        catch (ProblemException e)
        {
            // Where the next line begins is not known: this is the last answer.
            await inFlight.WriteAsync(Task.FromResult(new LineAnswer(null, e.Problem)), cancellation);
            inFlight.Complete();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await inFlight.WriteAsync(Task.FromResult(new LineAnswer(null, Problem.BadToken)), cancellation);
            inFlight.Complete();
        }
        catch (Exception e)
        {
            inFlight.Complete(e);
        }
    }

    private async Task ReadLinesAsync(
        LineReader lines, ChannelWriter<Task<LineAnswer>> inFlight, SemaphoreSlim places, Visitor visitor, CancellationToken cancellation)
    {
        while (true)
        {
            await places.WaitAsync(cancellation);
            if (await lines.NextAsync(cancellation) is not { } line)
                return;
            if (line.Bytes.Span.Trim(" \t\r"u8).IsEmpty)
            {
                line.Held.Dispose();
                places.Release();
            }
            else
            {
                await inFlight.WriteAsync(RaceAsync(line, visitor, cancellation), cancellation);
            }
        }
    }

    private async Task<LineAnswer> RaceAsync(HeldLine line, Visitor visitor, CancellationToken cancellation)
    {
        using var held = line.Held;
        try
        {
            var submission = Submission.OfJson(line.Bytes, new SubmissionOptions(tools.Catalogue), tools.Settings);
            return new LineAnswer(GoalRoutes.ViewOf(await tools.Submitter.WaitAsync(submission, visitor, TimeSpan.Zero, cancellation)), null);
        }
        catch (ProblemException e)
        {
            return new LineAnswer(null, e.Problem);
        }
        catch (TimeoutException)
        {
            return new LineAnswer(null, Problem.TooBusy("the goal's record does not answer"));
        }
        catch (OperationCanceledException) when (visitor.Revoked.IsCancellationRequested)
        {
            return new LineAnswer(null, Problem.BadToken);
        }
    }

    /// <summary>What a line is answered with: one of the two.</summary>
    private sealed record LineAnswer(RecordView? Goal, Problem? Problem);
}
