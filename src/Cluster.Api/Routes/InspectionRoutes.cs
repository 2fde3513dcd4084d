using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>What one node is at: its runs, for whoever may see their goals, and its actors, for administrators.</summary>
internal sealed class InspectionRoutes(ApiTools tools)
{
    private const int UsualLimit = 200;
    private const int MostDepth = 32;

    /// <summary>How long the records of the goals that a node runs may take to say whose they are.</summary>
    private static readonly TimeSpan OwnerPatience = TimeSpan.FromSeconds(3);

    private static readonly string[] Known = ["node", "path", "depth", "limit"];
    private static readonly CountRange Depth = new(0, MostDepth);
    private static readonly CountRange Limit = new(1, 1000);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/nodes/{address}/runs", WriteRunsAsync).For(TokenRoles.Read);
        routes.MapGet("/v1/actors", WriteActorsAsync).For(TokenRoles.Admin);
    }

    private async Task WriteRunsAsync(HttpContext context)
    {
        var node = ClusterRoutes.NodeOf(context, tools.Inspection);
        var answer = await AskAsync<NodeAnswers.Runs>(node, new NodeQuestions.Runs(), context.RequestAborted);
        var runs = await FitAsync(answer.Running, context.Visitor().Caller, context.RequestAborted);
        await context.Response.WriteAsync(StatusCodes.Status200OK, json => RunJson.Write(json, new NodeRunsView(answer.Node, runs)));
    }

    private async Task WriteActorsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        foreach (var (name, values) in query)
        {
            if (!Known.Contains(name))
                throw SubmissionOptions.Unknown(name, Known);
            if (values.Count > 1)
                throw SubmissionOptions.Bad($"{name} is said twice");
        }

        var node = query["node"] is [{ } one] ? ClusterRoutes.Known(one, tools.Inspection) : tools.Inspection.Self;
        var path = query["path"] is [{ } begin] ? begin : "/user";
        var depth = query["depth"] is [{ } generations] ? SubmissionOptions.Read("depth", Depth, generations) : MostDepth;
        var limit = query["limit"] is [{ } most] ? SubmissionOptions.Read("limit", Limit, most) : UsualLimit;
        var answer = await AskAsync<NodeAnswers.Actors>(node, new NodeQuestions.Actors(path, depth, limit), context.RequestAborted);
        if (answer.Alive.Count == 0)
            throw new ProblemException(Problem.UnknownActor);
        await context.Response.WriteAsync(StatusCodes.Status200OK, json => ActorJson.Write(json, new ActorTreeView(answer.Node, path, answer.Alive, answer.IsTruncated)));
    }

    private async Task<T> AskAsync<T>(string node, INodeQuestion question, CancellationToken cancellation)
        where T : class, INodeAnswer =>
        await tools.Inspection.AskAsync<T>(node, question, cancellation) ?? throw new ProblemException(Problem.NodeSilent(node));

    /// <summary>Leaves no more of others' runs than that they take a slot. Whose a goal is its record says; of one that does not say so soon enough nothing is shown.</summary>
    private async Task<IReadOnlyList<RunView>> FitAsync(IReadOnlyList<RunView> runs, Caller who, CancellationToken cancellation)
    {
        if (tools.Tokens is null || who.IsAdmin)
            return runs;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(OwnerPatience);
        // As many as the node has slots.
        var asked = await Task.WhenAll(runs.Select(run => run.Run!.Goal).Distinct().Select(async goal => (goal, IsOwn: await IsOwnAsync(goal, who, late.Token))));
        cancellation.ThrowIfCancellationRequested();
        var own = asked.Where(each => each.IsOwn).Select(each => each.goal).ToHashSet();
        return [.. runs.Select(run => own.Contains(run.Run!.Goal) ? run : run with { Run = null, Use = run.Use is { } use ? use with { Processes = null } : null })];
    }

    private async Task<bool> IsOwnAsync(GoalId goal, Caller who, CancellationToken cancellation)
    {
        try
        {
            return await tools.Records.ShowAsync(goal, who, cancellation) is RecordEvents.Shown;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // What is not known to be the caller's is not.
            return false;
        }
    }
}
