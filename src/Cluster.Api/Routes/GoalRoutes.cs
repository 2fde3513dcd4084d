using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>One goal at a time: submitted, shown, given up.</summary>
internal sealed class GoalRoutes(ApiTools tools, GoalWriter writer, EventRoutes events)
{
    private readonly SubmissionReader _reader = new(tools);
    private readonly GoalList _list = new(tools);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/goals", SubmitAsync).For(TokenRoles.Submit).StaysIfItWaits();
        routes.MapGet("/v1/goals", context => _list.WriteAsync(context)).For(TokenRoles.Read);
        // Whoever may submit a goal may see what becomes of it.
        routes.MapGet("/v1/goals/{id}", ShowAsync).For(TokenRoles.Submit | TokenRoles.Read);
        routes.MapDelete("/v1/goals/{id}", WithdrawAsync).For(TokenRoles.Submit);
    }

    /// <summary>The id in the path.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static GoalId IdOf(HttpContext context)
    {
        var text = context.GetRouteValue("id") as string ?? "";
        return GoalId.TryParse(text, out var id) ? id : throw new ProblemException(Problem.BadId(text));
    }

    /// <summary>The goal that a record tells of.</summary>
    /// <exception cref="ProblemException">It tells of none.</exception>
    public static RecordView ViewOf(IRecordEvent told) => told switch
    {
        RecordEvents.Shown shown => shown.View,
        RecordEvents.Conflict => throw new ProblemException(Problem.IdInUse),
        RecordEvents.Full => throw new ProblemException(Problem.QueueFull),
        RecordEvents.Unavailable unavailable => throw new ProblemException(Problem.StoreUnavailable(unavailable.Why)),
        _ => throw new ProblemException(Problem.UnknownGoal),
    };

    private async Task SubmitAsync(HttpContext context)
    {
        tools.Readiness.Demand();
        using var held = tools.Bodies.TryTake(0)!;
        var (submission, how) = await _reader.ReadAsync(context.Request, held, context.RequestAborted);
        await (how.WaitsFor switch
        {
            WaitsFor.Answer => WaitAsync(context, submission, how.Age),
            WaitsFor.Events => events.FollowAsync(context, submission, how),
            _ => AcceptAsync(context, submission, how.Age),
        });
    }

    private async Task AcceptAsync(HttpContext context, Submission submission, TimeSpan age)
    {
        var view = ViewOf(await tools.Submitter.SubmitAsync(submission, context.Visitor(), age, context.RequestAborted));
        context.Response.Headers.Location = $"/v1/goals/{view.What.Id}";
        await writer.AnswerAsync(context, StatusCodes.Status202Accepted, view);
    }

    /// <summary>The interest is the connection's: when that ends, or the token is revoked, the goal is given up, unless somebody else wants it.</summary>
    private async Task WaitAsync(HttpContext context, Submission submission, TimeSpan age)
    {
        var visitor = context.Visitor();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, tools.Readiness.Stopping, visitor.Revoked);
        try
        {
            var view = ViewOf(await tools.Submitter.WaitAsync(submission, visitor, age, end.Token));
            await writer.AnswerAsync(context, StatusCodes.Status200OK, view);
        }
        catch (OperationCanceledException) when (tools.Readiness.Stopping.IsCancellationRequested)
        {
            throw new ProblemException(Problem.Draining);
        }
        catch (OperationCanceledException) when (visitor.Revoked.IsCancellationRequested)
        {
            throw new ProblemException(Problem.BadToken);
        }
    }

    private async Task ShowAsync(HttpContext context) =>
        await writer.AnswerAsync(context, StatusCodes.Status200OK, ViewOf(await tools.Records.ShowAsync(IdOf(context), context.Visitor().Caller, context.RequestAborted)));

    private async Task WithdrawAsync(HttpContext context)
    {
        var name = InterestName.Of(context.Request.Query);
        var view = ViewOf(await tools.Records.WithdrawAsync(IdOf(context), context.Visitor().Caller, name, context.RequestAborted));
        await writer.AnswerAsync(context, view is { IsGivenUp: true, Answer: null } ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, view);
    }
}
