using System.IO.Pipelines;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>
/// Many goals over one connection: a submission on each line, an answer on each line, in the same order. So many are raced at once, and the next line is read
/// when the first of them has been answered. A line that is no submission is answered by a problem, and the batch goes on. When its token is revoked, or the node
/// drains, no line more is read, which is its last answer.
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
        context.Response.ContentType = Lines;
        await context.Response.Body.FlushAsync(context.RequestAborted);

        var visitor = context.Visitor();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, tools.Readiness.Stopping);
        using var allowed = CancellationTokenSource.CreateLinkedTokenSource(end.Token, visitor.Revoked);
        // A line has its place until it is answered, and a batch alone does not meet the quota of its own token.
        var places = new SemaphoreSlim(Math.Min(tools.Settings.Http.BatchParallel, visitor.MostOpen ?? int.MaxValue));
        var inFlight = Channel.CreateUnbounded<Task<LineAnswer>>();
        using var open = CancellationTokenSource.CreateLinkedTokenSource(allowed.Token, tools.Readiness.Draining);
        var batch = new Batch(inFlight.Writer, places, visitor, open.Token, allowed.Token, end.Token);
        var reading = ReadAsync(context.Request.BodyReader, batch);
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

    private async Task ReadAsync(PipeReader body, Batch batch)
    {
        try
        {
            await ReadLinesAsync(new LineReader(body, tools.Settings.Http.MaxBodyBytes, tools.Bodies), batch);
            batch.InFlight.Complete();
        }
        catch (ProblemException e)
        {
            // Where the next line begins is not known: this is the last answer.
            await EndAsync(batch, e.Problem);
        }
        catch (OperationCanceledException) when (!batch.End.IsCancellationRequested)
        {
            await EndAsync(batch, batch.Visitor.Revoked.IsCancellationRequested ? Problem.BadToken : Problem.Draining);
        }
        catch (Exception e)
        {
            batch.InFlight.Complete(e);
        }
    }

    private static async Task EndAsync(Batch batch, Problem problem)
    {
        await batch.InFlight.WriteAsync(Task.FromResult(new LineAnswer(null, problem)), batch.End);
        batch.InFlight.Complete();
    }

    private async Task ReadLinesAsync(LineReader lines, Batch batch)
    {
        while (true)
        {
            await batch.Places.WaitAsync(batch.Open);
            if (await lines.NextAsync(batch.Open) is not { } line)
                return;
            if (line.Bytes.Span.Trim(" \t\r"u8).IsEmpty)
            {
                line.Held.Dispose();
                batch.Places.Release();
            }
            else
            {
                await batch.InFlight.WriteAsync(RaceAsync(line, batch.Visitor, batch.Allowed), batch.End);
            }
        }
    }

    private async Task<LineAnswer> RaceAsync(HeldLine line, Visitor visitor, CancellationToken cancellation)
    {
        using var held = line.Held;
        try
        {
            var submission = Submission.OfJson(line.Bytes, new SubmissionOptions(tools.Catalogue), tools);
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

    /// <param name="InFlight">Where the answers go, in the order of the lines.</param>
    /// <param name="Places">For goals that are raced at once.</param>
    /// <param name="Visitor">Whose.</param>
    /// <param name="Open">Until lines are read: ends with the token, and when the node takes no more work.</param>
    /// <param name="Allowed">Until lines are raced for: ends with the token.</param>
    /// <param name="End">Until they are answered: ends with the connection, or the node.</param>
    private sealed record Batch(
        ChannelWriter<Task<LineAnswer>> InFlight, SemaphoreSlim Places, Visitor Visitor, CancellationToken Open, CancellationToken Allowed, CancellationToken End);

    /// <summary>What a line is answered with: one of the two.</summary>
    private sealed record LineAnswer(RecordView? Goal, Problem? Problem);
}
