using System.Net;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>A submission that is answered with the goal's events: the interest is the connection's.</summary>
public sealed class Following(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private static readonly string[] Story = ["accepted", "run-started", "decided", "run-ended", "settled"];

    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task Tells_the_whole_story_of_the_goal()
    {
        using var followed = await Followed.StartAsync(_node, ApiNode.Json("sleep 0.2 say unsat"));
        var events = await followed.RestAsync();
        Assert.Equal(Story, events.Select(each => each.EventType));
        Assert.Equal(["1", "2", "3", "4", "5"], events.Select(each => each.EventId));
        Assert.Equal("proved", JsonDocument.Parse(events[^1].Data).RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Goes_on_after_the_event_that_was_read_last_and_once_more_from_the_beginning()
    {
        var json = ApiNode.Json("say unsat", ApiNode.NewId());
        using (var first = await Followed.StartAsync(_node, json))
            await first.RestAsync();
        using var again = await Followed.StartAsync(_node, json);
        Assert.Equal(Story, (await again.RestAsync()).Select(each => each.EventType));
        using var rest = await Followed.StartAsync(_node, json, last: "3");
        Assert.Equal(["4", "5"], (await rest.RestAsync()).Select(each => each.EventId));
    }

    [Fact]
    public async Task Of_a_text_that_is_no_goal_is_a_story_of_two()
    {
        using var followed = await Followed.StartAsync(_node, "{\"language\":\"dimacs\",\"text\":\"p cnf\"}");
        Assert.Equal(["accepted", "settled"], (await followed.RestAsync()).Select(each => each.EventType));
    }

    [Fact]
    public async Task Ends_the_provers_with_the_connection()
    {
        var id = ApiNode.NewId();
        var followed = await Followed.StartAsync(_node, ApiNode.Json("sleep 1000", id));
        var processes = await ApiNode.RunsAsync(id);
        followed.Dispose();
        await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
        Assert.Equal("withdrawn", (await _node.SettledAsync(id)).GetProperty("verdict").GetString());
        await Eventually.True(() => _node.Server.Tools.Streams.Taken == 0, "its place is free");
    }

    [Fact]
    public async Task Is_an_interest_for_each_connection()
    {
        var json = ApiNode.Json("sleep 1 say unsat", ApiNode.NewId());
        var first = await Followed.StartAsync(_node, json);
        using var second = await Followed.StartAsync(_node, json);
        await first.NextAsync();
        first.Dispose();
        Assert.Equal(Story, (await second.RestAsync()).Select(each => each.EventType));
    }

    [Fact]
    public async Task Ends_when_the_goal_is_given_up_by_a_DELETE_and_tells_of_it()
    {
        var id = ApiNode.NewId();
        using var followed = await Followed.StartAsync(_node, ApiNode.Json("sleep 1000", id));
        await ApiNode.RunsAsync(id);
        Assert.Equal(HttpStatusCode.Accepted, (await _node.DeleteAsync($"/v1/goals/{id}")).Status);
        var last = (await followed.RestAsync())[^1];
        Assert.Equal(("settled", "withdrawn"), (last.EventType, JsonDocument.Parse(last.Data).RootElement.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Ends_alone_by_its_name()
    {
        var id = ApiNode.NewId();
        var json = ApiNode.Json("sleep 1000", id);
        using var first = await Followed.StartAsync(_node, json, query: "&interest=first");
        using var second = await Followed.StartAsync(_node, json, query: "&interest=second");
        await ApiNode.RunsAsync(id);
        Assert.Equal(HttpStatusCode.OK, (await _node.DeleteAsync($"/v1/goals/{id}?interest=first")).Status);
        Assert.Equal("open", (await _node.GetAsync($"/v1/goals/{id}"))["state"]);
        Assert.Equal(HttpStatusCode.Accepted, (await _node.DeleteAsync($"/v1/goals/{id}?interest=second")).Status);
        Assert.Equal("settled", (await second.RestAsync())[^1].EventType);
    }

    [Fact]
    public async Task An_id_may_stand_beside_the_JSON_and_not_in_both()
    {
        var id = ApiNode.NewId();
        Assert.Equal(id, (await _node.PostJsonAsync(ApiNode.Json("say unsat"), $"wait=true&id={id}"))["id"]);
        Assert.Equal("bad-option", (await _node.PostJsonAsync(ApiNode.Json("say unsat", id), $"wait=true&id={id}")).Code);
    }

    [Theory]
    [InlineData("interest=a%20b", "interest is 'a b', but 1 to 64 letters")]
    [InlineData("interest=", "interest is ''")]
    [InlineData("interest=a&interest=b", "interest is said twice")]
    [InlineData("intrest=a", "'intrest' is not a known option")]
    public async Task A_name_that_is_none_is_refused(string query, string sentence)
    {
        var answer = await _node.DeleteAsync($"/v1/goals/{ApiNode.NewId()}?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "bad-option"), (answer.Status, answer.Code));
        Assert.Contains(sentence, answer["detail"]);
    }

    [Fact]
    public async Task A_goal_that_was_given_up_with_its_connection_is_raced_anew_for_whoever_submits_it_again()
    {
        var id = ApiNode.NewId();
        var json = ApiNode.Json("await say unsat", id);
        for (var times = 0; times < 5; times++)
        {
            var followed = await Followed.StartAsync(_node, json);
            await ApiNode.RunsAsync(id);
            followed.Dispose();
        }

        using var again = await Followed.StartAsync(_node, json, last: "2");
        var last = (await ApiNode.CallAsync(id, again.RestAsync()))[^1];
        Assert.Equal(("settled", "proved"), (last.EventType, JsonDocument.Parse(last.Data).RootElement.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Another_goal_under_the_id_is_a_conflict()
    {
        var id = ApiNode.NewId();
        using var followed = await Followed.StartAsync(_node, ApiNode.Json("sleep 1000", id));
        var answer = await _node.PostJsonAsync(ApiNode.Json("sleep 1000", id), "wait=events");
        Assert.Equal((HttpStatusCode.Conflict, "id-in-use"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task What_has_passed_of_the_deadline_before_is_not_had_again()
    {
        using var followed = await Followed.StartAsync(_node, ApiNode.Json("sleep 1000", null, ("timeout", "7d")), query: "&age=604799500ms");
        var last = (await followed.RestAsync())[^1];
        var goal = JsonDocument.Parse(last.Data).RootElement;
        Assert.Equal(("unknown", "timedOut"), (goal.GetProperty("verdict").GetString(), goal.GetProperty("runs")[0].GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData("wait=event", "wait is 'event', but true or false or events is wanted")]
    [InlineData("age=3", "age is '3', but a duration with its unit")]
    [InlineData("age=-3s", "age is '-3s'")]
    [InlineData("interest=a", "interest is the name of a connection with wait=events, and this is none")]
    public async Task A_query_that_is_not_what_is_wanted_is_refused(string query, string sentence)
    {
        var answer = await _node.PostJsonAsync(ApiNode.Json("say unsat"), query);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-option"), (answer.Status, answer.Code));
        Assert.Contains(sentence, answer["detail"]);
    }
}
