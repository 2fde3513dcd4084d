using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests.World;

/// <summary>Answers as docs/http.md says, for all its nodes; what races come to, the test says.</summary>
internal sealed class FakeCluster
{
    public ConcurrentDictionary<string, FakeGoal> Goals { get; } = new();

    /// <summary>What a new goal comes to; by default its race begins, and z3 proves it.</summary>
    public Action<FakeGoal> Race { get; set; } = goal =>
    {
        goal.Begin();
        goal.Settle(Verdict.Proved);
    };

    /// <summary>What a withdrawal does; by default the goal is settled.</summary>
    public Action<FakeGoal> Withdraw { get; set; } = goal => goal.Settle(Verdict.Withdrawn);

    /// <summary>What the end of a connection does over which a goal was wanted; by default nothing, as if that had not been seen yet.</summary>
    public Action<FakeGoal> Leave { get; set; } = _ => { };

    public async Task AnswerAsync(HttpContext context, string body)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (context.Request.Method, path)
        {
            case ("POST", ["v1", "goals"]):
                await SubmitAsync(context, body);
                return;
            case ("GET", ["v1", "backends"]):
                var offer = new BackendOffer(BackendName.Parse("z3"), GoalLanguage.SmtLib2, "4.8.12");
                await context.Response.WriteAsync(GoalJson.Line(json => NodeJson.Write(json, [new NodeView("here:1", 4, 3, 0, false, [offer])])));
                return;
            case ("GET", ["v1", "goals"]):
                // Two on a page.
                var goals = Goals.Values.OrderByDescending(goal => goal.View.Name, StringComparer.Ordinal).Select(goal => goal.View).ToList();
                var from = int.TryParse(context.Request.Query["after"], out var place) ? place : 0;
                var page = new GoalPageJson([.. goals.Skip(from).Take(2)], from + 2 < goals.Count ? (from + 2).ToString() : null);
                await context.Response.WriteAsync(GoalJson.Line(page.Write));
                return;
            case (_, ["v1", "goals", var id, ..]) when !Goals.ContainsKey(id):
                await ProblemAsync(context, 404, "unknown-goal", "no such goal");
                return;
            case ("GET", ["v1", "goals", var id]):
                await context.Response.WriteAsync(Goals[id].ViewJson);
                return;
            case ("DELETE", ["v1", "goals", var id]):
                Withdraw(Goals[id]);
                context.Response.StatusCode = 202;
                await context.Response.WriteAsync(Goals[id].ViewJson);
                return;
            case ("GET", ["v1", "goals", var id, "events"]):
                await EventsAsync(context, Goals[id]);
                return;
            default:
                await ProblemAsync(context, 404, "unknown-route", "no such route");
                return;
        }
    }

    public static Task ProblemAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { type = "about:blank", title = code, status, detail, code }));
    }

    private async Task SubmitAsync(HttpContext context, string body)
    {
        var query = context.Request.QueryString.Value!;
        var isJson = context.Request.ContentType == "application/json";
        var id = isJson ? JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()! : context.Request.Query["id"].ToString();
        var name = context.Request.Query["name"].ToString();
        var fresh = new FakeGoal(GoalId.Parse(id), name.Length > 0 ? name : id, body, query);
        // What was given up is raced anew for whoever wants it again.
        var goal = Goals.AddOrUpdate(id, fresh, (_, known) => known.View.Verdict == Verdict.Withdrawn ? fresh : known);
        if (goal.Text != body || goal.Options != fresh.Options)
        {
            await ProblemAsync(context, 409, "id-in-use", "another text, language or options under a known id");
            return;
        }

        if (goal == fresh) Race(goal);
        try
        {
            await EventsAsync(context, goal);
        }
        finally
        {
            Leave(goal);
        }
    }

    private static async Task EventsAsync(HttpContext context, FakeGoal goal)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(": here\n\n");
        await context.Response.Body.FlushAsync();
        var after = int.TryParse(context.Request.Headers["Last-Event-ID"], out var last) ? last : 0;
        await foreach (var (id, name, data) in goal.EventsAsync(after, context.RequestAborted))
        {
            await context.Response.WriteAsync($"id: {id}\nevent: {name}\ndata: {data}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }
}
