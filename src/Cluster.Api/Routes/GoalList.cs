using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProverCluster.Api.Access;
using ProverCluster.Api.Submissions;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Routes;

/// <summary>The goals of the cluster, newest first, page by page.</summary>
internal sealed class GoalList(ApiTools tools)
{
    private const int UsualLimit = 100;

    /// <summary>Records that are asked at once for one page.</summary>
    private const int AskedAtOnce = 32;

    private static readonly string[] Known = ["state", "label", "limit", "after"];
    private static readonly CountRange Limit = new(1, 1000);
    private static readonly Choice<GoalState> State = new([.. Enum.GetValues<GoalState>().Select(state => (state.Word(), state))]);

    public async Task WriteAsync(HttpContext context)
    {
        var list = Read(context.Request.Query, context.Visitor().Caller);
        var listed = await tools.Records.ListAsync(list, context.RequestAborted);
        var views = new RecordView?[listed.Count];
        var asking = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = context.RequestAborted };
        await Parallel.ForAsync(0, listed.Count, asking, async (index, cancellation) =>
            views[index] = ViewOf(await tools.Records.ShowAsync(listed[index].Goal, list.Who, cancellation)));
        var goals =
            from index in Enumerable.Range(0, listed.Count)
            where views[index] is not null
            select RecordJson.View(views[index]! with { AcceptedAt = listed[index].AcceptedAt });
        var page = new GoalPageJson([.. goals], listed.Count < list.Limit ? null : Mark(listed[^1]));
        await context.Response.WriteAsync(StatusCodes.Status200OK, page.Write);
    }

    /// <summary>Null for one that was forgotten meanwhile; but one that cannot be read is not to be missing from a list that looks whole.</summary>
    private static RecordView? ViewOf(IRecordEvent told) => told is RecordEvents.Unknown ? null : GoalRoutes.ViewOf(told);

    private static RecordCommands.List Read(IQueryCollection query, Caller who)
    {
        var labels = new Dictionary<string, string>();
        foreach (var (name, values) in query)
        {
            if (!Known.Contains(name))
                throw SubmissionOptions.Unknown(name, Known);
            if (name == "label")
                Labels.Read(values, (key, text) => labels[key] = text);
            else if (values.Count > 1)
                throw SubmissionOptions.Bad($"{name} is said twice");
        }

        GoalState? state = query["state"] is [{ } word] ? SubmissionOptions.Read("state", State, word) : null;
        var limit = query["limit"] is [{ } number] ? SubmissionOptions.Read("limit", Limit, number) : UsualLimit;
        var before = query["after"] is [{ } mark] ? OfMark(mark) : null;
        return new RecordCommands.List(who, state, labels, before, limit);
    }

    private static string Mark(ListedGoal goal) => string.Create(CultureInfo.InvariantCulture, $"{goal.AcceptedAt}.{goal.Goal}");

    private static ListedGoal OfMark(string mark) =>
        mark.Split('.', 2) is [var at, var text] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var acceptedAt) && GoalId.TryParse(text, out var id)
            ? new ListedGoal(id, acceptedAt)
            : throw SubmissionOptions.Bad($"after is '{Excerpt.Of(mark)}', but the 'next' of a page is wanted");
}
