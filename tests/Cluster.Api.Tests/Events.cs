using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>A goal's story as server-sent events.</summary>
public sealed class Events(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private static readonly string[] Story = ["accepted", "run-started", "decided", "run-ended", "settled"];

    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task Are_numbered_from_1_and_end_with_the_settled_goal()
    {
        var id = ApiNode.NewId();
        await _node.PostAsync("sleep 0.2 say unsat", $"id={id}");

        var events = await ReadAsync(id);
        Assert.Equal(Story, events.Select(each => each.EventType));
        Assert.Equal(["1", "2", "3", "4", "5"], events.Select(each => each.EventId));
        Assert.All(events, each => Assert.Equal(id, JsonDocument.Parse(each.Data).RootElement.GetProperty("id").GetString()));
        Assert.Equal("puppet", JsonDocument.Parse(events[0].Data).RootElement.GetProperty("planned")[0].GetString());
        Assert.Equal("puppet", JsonDocument.Parse(events[1].Data).RootElement.GetProperty("backend").GetString());
        Assert.Equal("proved", JsonDocument.Parse(events[2].Data).RootElement.GetProperty("verdict").GetString());
        Assert.Equal("won", JsonDocument.Parse(events[3].Data).RootElement.GetProperty("run").GetProperty("outcome").GetString());
        Assert.Equal((await _node.GetAsync($"/v1/goals/{id}")).Text, events[4].Data);
    }

    [Fact]
    public async Task Go_on_after_the_one_that_was_read_last()
    {
        var id = ApiNode.NewId();
        await _node.PostAsync("say unsat", $"id={id}&wait=true");

        Assert.Equal(["4", "5"], (await ReadAsync(id, "3")).Select(each => each.EventId));
        Assert.Empty(await ReadAsync(id, "5"));
        Assert.Equal(Story, (await ReadAsync(id)).Select(each => each.EventType));
    }

    [Fact]
    public async Task Of_a_rejected_goal_are_two()
    {
        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/goals?wait=true", "p cnf", "application/dimacs");
        Assert.Equal(["accepted", "settled"], (await ReadAsync(answer["id"]!)).Select(each => each.EventType));
    }

    [Fact]
    public async Task A_quiet_stream_says_something_now_and_then_and_is_no_interest()
    {
        await using var node = await ApiNode.StartAsync("prover-cluster.http.keep-alive = 100ms");
        var id = ApiNode.NewId();
        await node.PostAsync("sleep 1000", $"id={id}");
        using var response = await node.Client.GetAsync($"/v1/goals/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith(':'))
        {
        }

        await node.DeleteAsync($"/v1/goals/{id}");
        var rest = await reader.ReadToEndAsync();
        Assert.Contains("event: settled", rest);
        Assert.Contains("\"withdrawn\"", rest);
    }

    [Fact]
    public async Task Of_a_goal_that_nobody_knows_there_are_none()
    {
        var answer = await _node.GetAsync("/v1/goals/nobody-knows/events");
        Assert.Equal((HttpStatusCode.NotFound, "unknown-goal"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999")]
    public async Task A_last_event_that_is_no_number_is_refused(string last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/goals/g/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        using var response = await _node.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<List<SseItem<string>>> ReadAsync(string id, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/goals/{id}/events");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        using var response = await _node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new List<SseItem<string>>();
        await foreach (var each in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            events.Add(each);
        return events;
    }
}
