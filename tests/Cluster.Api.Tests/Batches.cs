using System.Net;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>Many goals over one connection.</summary>
public sealed class Batches(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task Are_answered_in_the_order_of_their_lines_whichever_is_decided_first()
    {
        string[] lines = [ApiNode.Json("sleep 0.5 say unsat", "b1"), ApiNode.Json("say sat", "b2"), "", ApiNode.Json("sleep 0.1 say unsat", "b3"), ApiNode.Json("exit 0", "b4")];
        var answer = await PostAsync(string.Join('\n', lines));

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (answer.Status, answer.Type));
        Assert.Equal(
            [("b1", "proved"), ("b2", "refuted"), ("b3", "proved"), ("b4", "unknown")],
            Lines(answer).Select(goal => (goal.GetProperty("id").GetString(), goal.GetProperty("verdict").GetString())));
    }

    [Fact]
    public async Task A_line_that_is_no_submission_is_answered_by_a_problem_and_the_others_are_raced()
    {
        var answer = await PostAsync($"{ApiNode.Json("say unsat")}\n{{\"language\":\n{ApiNode.Json("say unsat", null, ("timeout", "-1s"))}\n{ApiNode.Json("say sat")}\n");

        var lines = Lines(answer);
        Assert.Equal("proved", lines[0].GetProperty("verdict").GetString());
        Assert.Equal("bad-json", lines[1].GetProperty("code").GetString());
        Assert.Equal("bad-option", lines[2].GetProperty("code").GetString());
        Assert.Equal("refuted", lines[3].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task More_goals_than_are_raced_at_once_are_all_answered()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.batch-parallel = 2");
        var lines = Enumerable.Range(0, 20).Select(number => ApiNode.Json("say unsat", $"many-{number}")).ToArray();
        var answer = await node.SendAsync(HttpMethod.Post, "/v1/goals:batch", string.Join('\n', lines), "application/x-ndjson");
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"many-{number}"), Lines(answer).Select(goal => goal.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_content_type_is_the_same_in_whichever_letters() =>
        Assert.Equal(HttpStatusCode.OK, (await _node.SendAsync(HttpMethod.Post, "/v1/goals:batch", ApiNode.Json("say unsat"), "Application/X-NDJSON; charset=utf-8")).Status);

    [Fact]
    public async Task A_node_that_drains_answers_what_is_in_flight_and_then_that_it_drains()
    {
        await using var node = await ApiNode.StartAsync();
        using var batch = await OpenBatch.BeginAsync(node.Server.Address);
        var id = ApiNode.NewId();
        await batch.SayAsync(ApiNode.Json("await say unsat", id));
        await ApiNode.RunsAsync(id);
        node.Server.Tools.Readiness.Drain();
        await batch.SayAsync(ApiNode.Json("say unsat"));
        var answers = await ApiNode.CallAsync(id, batch.AnswersAsync());
        Assert.Equal(2, answers.Length);
        Assert.Contains("\"proved\"", answers[0]);
        Assert.Contains("\"draining\"", answers[1]);
    }

    [Fact]
    public async Task A_client_that_disappears_ends_what_is_in_flight()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => ApiNode.NewId()).ToArray();
        using var giveUp = new CancellationTokenSource();
        using var content = new StringContent(string.Join('\n', ids.Select(id => ApiNode.Json("sleep 1000", id))));
        content.Headers.ContentType = new("application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/goals:batch") { Content = content };
        var response = await _node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, giveUp.Token);
        var processes = await Task.WhenAll(ids.Select(ApiNode.RunsAsync));

        response.Dispose();
        await Eventually.True(() => processes.All(each => each.Look().Count == 0), "their provers are gone");
    }

    private Task<Answer> PostAsync(string lines) => _node.SendAsync(HttpMethod.Post, "/v1/goals:batch", lines, "application/x-ndjson");

    private static JsonElement[] Lines(Answer answer) => [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
