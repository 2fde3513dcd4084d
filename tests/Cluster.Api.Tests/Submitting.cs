using System.Net;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>A goal on its way through the interface.</summary>
public sealed class Submitting(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private static readonly string[] Members = ["id", "state", "cached", "acceptedAt", "goal", "verdict", "szs", "winner", "decidedMs", "settledMs", "reason", "runs"];

    private readonly ApiNode _node = alone.Node;

    [Theory]
    [InlineData("say unsat", "proved", "Unsatisfiable")]
    [InlineData("say sat", "refuted", "Satisfiable")]
    [InlineData("exit 0", "unknown", "")]
    public async Task A_raw_goal_that_is_waited_for_is_answered_with_its_verdict(string play, string verdict, string szs)
    {
        var answer = await _node.PostAsync(play, "wait=true&name=a.cnf");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Type));
        Assert.Equal(("settled", verdict, szs, "a.cnf", "False"), (answer["state"], answer["verdict"], answer["szs"], answer["goal"], answer["cached"]));
        Assert.Equal(Members, answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("puppet", Assert.Single(answer.Json.GetProperty("runs").EnumerateArray()).GetProperty("backend").GetString());
    }

    [Fact]
    public async Task A_goal_that_is_not_waited_for_is_accepted_open_and_settled_later_under_its_id()
    {
        var id = ApiNode.NewId();
        var accepted = await _node.PostAsync("await say unsat", $"id={id}");
        Assert.Equal((HttpStatusCode.Accepted, id, "open", JsonValueKind.Null), (accepted.Status, accepted["id"], accepted["state"], accepted.Json.GetProperty("verdict").ValueKind));
        Assert.Equal($"/v1/goals/{id}", accepted.Headers["Location"]);

        var settled = await ApiNode.CallAsync(id, _node.SettledAsync(id));
        Assert.Equal("proved", settled.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_goal_in_JSON_has_all_the_options_that_a_query_has()
    {
        var answer = await _node.PostJsonAsync(
            ApiNode.Json("say sat", null, ("name", "n"), ("timeout", "10s"), ("run-timeout", "5s"), ("memory", "1GiB"), ("strategy", "best-of"), ("priority", -3), ("show-output", true), ("labels", new System.Text.Json.Nodes.JsonObject { ["k"] = "v" })),
            "wait=true");

        Assert.Equal((HttpStatusCode.OK, "n", "refuted"), (answer.Status, answer["goal"], answer["verdict"]));
        Assert.Equal([.. Members, "model", "core", "proof"], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_goal_with_a_language_of_its_own_is_read_by_its_content_type()
    {
        foreach (var (type, text) in new[] { ("application/smtlib2", "(check-sat"), ("application/tptp; charset=utf-8", "fof(a, axiom"), ("APPLICATION/DIMACS", "p cnf") })
        {
            var answer = await _node.SendAsync(HttpMethod.Post, "/v1/goals?wait=true", text, type);
            Assert.Equal((HttpStatusCode.OK, "rejected"), (answer.Status, answer["verdict"]));
        }
    }

    [Fact]
    public async Task A_malformed_goal_is_a_goal_that_is_rejected_and_can_be_asked_for()
    {
        var id = ApiNode.NewId();
        var accepted = await _node.SendAsync(HttpMethod.Post, $"/v1/goals?id={id}", "p cnf 1 1\nx 0\n", "application/dimacs");
        Assert.Equal((HttpStatusCode.Accepted, "settled", "rejected"), (accepted.Status, accepted["state"], accepted["verdict"]));

        var shown = await _node.GetAsync($"/v1/goals/{id}");
        Assert.Equal((HttpStatusCode.OK, "rejected"), (shown.Status, shown["verdict"]));
        Assert.Contains("line 2", shown["reason"]);
    }

    [Fact]
    public async Task An_include_over_HTTP_is_rejected_by_name()
    {
        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/goals?wait=true", "include('Axioms/SET001-0.ax').\n", "application/tptp");
        Assert.Equal("rejected", answer["verdict"]);
        Assert.Contains("Axioms/SET001-0.ax", answer["reason"]);
    }

    [Fact]
    public async Task The_same_goal_under_the_same_id_is_joined_and_raced_once()
    {
        var json = ApiNode.Json("await say unsat", ApiNode.NewId());
        var id = JsonDocument.Parse(json).RootElement.GetProperty("id").GetString()!;
        var waiting = Enumerable.Range(0, 3).Select(_ => _node.PostJsonAsync(json, "wait=true")).ToArray();
        var standing = await _node.PostJsonAsync(json);
        Assert.Equal(HttpStatusCode.Accepted, standing.Status);

        var answers = await ApiNode.CallAsync(id, Task.WhenAll(waiting));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal("proved", answers[0]["verdict"]);
        Assert.Equal(answers[0].Text, (await _node.PostJsonAsync(json, "wait=true")).Text);
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("timeout", "11s")]
    [InlineData("text", "p cnf 1 1\n1 0\n")]
    [InlineData("strategy", "sequential")]
    public async Task Anything_else_under_a_known_id_is_a_conflict(string name, string value)
    {
        var json = ApiNode.Json("say unsat", ApiNode.NewId());
        await _node.PostJsonAsync(json, "wait=true");

        var other = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        other[name] = value;
        var answer = await _node.PostJsonAsync(other.ToJsonString());
        Assert.Equal((HttpStatusCode.Conflict, "id-in-use"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Long_output_is_there_as_often_as_it_is_asked_for()
    {
        var answer = await _node.PostAsync("say sat print 100k", "wait=true&show-output=true");
        var id = answer["id"];
        for (var times = 0; times < 3; times++)
        {
            var shown = await _node.GetAsync($"/v1/goals/{id}");
            Assert.True(shown["model"]!.Length > 50_000, shown.Text[..Math.Min(500, shown.Text.Length)]);
        }
    }
}
