using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api;

/// <summary>Turns whatever goes wrong with a request into a problem, and says nothing of the inside.</summary>
internal sealed class ProblemMiddleware(long maxBody, NodeLog log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (Unanswered(context.Response) is { } problem)
                await problem.WriteAsync(context.Response);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more who could be told anything.
        }
        catch (Exception e) when (context.Response.HasStarted || IsOfConnection(e))
        {
            // That the answer has no end is all that can be said. Neither a client that has gone nor a node that stops is a failure.
            if (e is not (IOException or OperationCanceledException))
                log.Tell(LogLines.AnswerFailed(Request(context), Goal(context), e));
            context.Abort();
        }
        catch (Exception e)
        {
            await OfFailure(context, e).WriteAsync(context.Response);
        }
    }

    /// <summary>Whoever reads from a connection may notice sooner than the server says that it is lost.</summary>
    private static bool IsOfConnection(Exception failure) => failure is IOException and not BadHttpRequestException;

    /// <summary>What of it may stand in the log: the route, since a client may have written anything into the path.</summary>
    private static string Request(HttpContext context) => context.GetEndpoint() is RouteEndpoint route ? $"{context.Request.Method} {route.RoutePattern.RawText}" : "it has no route";

    private static GoalId? Goal(HttpContext context) => context.GetRouteValue("id") is string id && GoalId.TryParse(id, out var goal) ? goal : null;

    /// <summary>What routing says with a status alone.</summary>
    private static Problem? Unanswered(HttpResponse response) => response switch
    {
        { HasStarted: true } => null,
        { StatusCode: StatusCodes.Status404NotFound } => Problem.UnknownRoute,
        { StatusCode: StatusCodes.Status405MethodNotAllowed } => Problem.WrongMethod,
        _ => null,
    };

    private Problem OfFailure(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case ProblemException known:
                return known.Problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.TooLarge(maxBody);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return Problem.TooSlow;
            case BadHttpRequestException bad:
                return Problem.BadOption(bad.Message);
            case TimeoutException:
                return Problem.TooBusy("the goal's record does not answer");
            default:
                log.Tell(LogLines.RequestFailed(Request(context), Goal(context), failure));
                return Problem.Internal;
        }
    }
}
