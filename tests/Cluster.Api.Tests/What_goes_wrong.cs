using System.Net;

namespace ProverCluster.Api;

/// <summary>Every row of the table in docs/http.md.</summary>
public sealed class What_goes_wrong(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private const string Goal = "p cnf 1 1\n1 0\n";

    private readonly ApiNode _node = alone.Node;

    [Theory]
    [InlineData("timeout=10", "timeout is '10', but a duration with its unit")]
    [InlineData("timeout=-1s", "timeout is '-1s'")]
    [InlineData("timeout=10s&timeout=11s", "timeout is said twice")]
    [InlineData("timeuot=10s", "'timeuot' is not a known option (did you mean 'timeout'?)")]
    [InlineData("run-timeout=x", "run-timeout is 'x'")]
    [InlineData("memory=1", "memory is '1'")]
    [InlineData("strategy=all", "strategy is 'all'")]
    [InlineData("strategy=quorum", "not available yet")]
    [InlineData("priority=1000", "priority is '1000'")]
    [InlineData("show-output=yes", "show-output is 'yes', but true or false is wanted")]
    [InlineData("wait=1", "wait is '1'")]
    [InlineData("backends=z4", "'z4' is not a known backend (did you mean 'z3'?)")]
    [InlineData("backends=z3,z3", "one of them twice")]
    [InlineData("label=k", "label is 'k', but KEY=VALUE is wanted")]
    [InlineData("label=k=1&label=k=2", "label 'k' is there twice")]
    [InlineData("text=x", "'text' is not a known option")]
    public async Task An_option_that_is_not_what_is_wanted(string query, string sentence) =>
        Refuses(await _node.SendAsync(HttpMethod.Post, $"/v1/goals?{query}", Goal, "application/dimacs"), HttpStatusCode.BadRequest, "bad-option", sentence);

    [Theory]
    [InlineData("{", "bad-json")]
    [InlineData("[]", "bad-json")]
    [InlineData("{} {}", "bad-json")]
    [InlineData("{\"text\":\"\\ud800\",\"language\":\"dimacs\"}", "bad-json")]
    [InlineData("{\"labels\":{\"a\":[[[[[[]]]]]]}}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\"}", "bad-option")]
    [InlineData("{\"text\":\"p cnf 1 1\"}", "bad-option")]
    [InlineData("{\"language\":\"lisp\",\"text\":\"x\"}", "bad-option")]
    [InlineData("{\"language\":7,\"text\":\"x\"}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"text\":\"y\"}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"timeuot\":\"1s\"}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"timeout\":1}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"priority\":1.5}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"priority\":\"1\"}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"backends\":\"z3\"}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"wait\":true}", "bad-option")]
    [InlineData("{\"language\":\"dimacs\",\"text\":\"x\",\"id\":\"a/b\"}", "bad-id")]
    [InlineData("", "empty-body")]
    public async Task A_body_that_is_not_the_JSON_that_is_wanted(string body, string code) =>
        Refuses(await _node.PostJsonAsync(body), HttpStatusCode.BadRequest, code);

    /// <summary>What comes after them is not looked at any more.</summary>
    [Fact]
    public async Task More_in_JSON_than_a_goal_may_have_is_not_read_to_its_end()
    {
        var backends = string.Concat(Enumerable.Repeat("\"puppet\",", 33));
        Refuses(await _node.PostJsonAsync($"{{\"backends\":[{backends}7"), HttpStatusCode.BadRequest, "bad-option", "backends has more than the 32 that a goal may name");
        var labels = string.Concat(Enumerable.Range(0, 33).Select(number => $"\"l{number}\":\"\","));
        Refuses(await _node.PostJsonAsync($"{{\"labels\":{{{labels}7"), HttpStatusCode.BadRequest, "bad-option", "there are more than the 32 labels that a goal may have");
        var name = new string('n', 100_000);
        Refuses(await _node.PostJsonAsync($"{{\"name\":\"{name}\"}}"), HttpStatusCode.BadRequest, "bad-option", "name is longer than any option may be");
        Refuses(await _node.PostJsonAsync($"{{\"{name}\":1}}"), HttpStatusCode.BadRequest, "bad-option", "an option's name is longer than any that is known");
    }

    [Fact]
    public async Task A_body_in_JSON_that_is_no_UTF_8()
    {
        using var content = new ByteArrayContent([.. "{\"language\":\"dimacs\",\"text\":\""u8, 0xff, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await _node.Client.PostAsync("/v1/goals", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("bad-json", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_text_that_is_no_UTF_8_is_a_rejected_goal()
    {
        using var content = new ByteArrayContent([.. "c "u8, 0xff, .. "\np cnf 1 1\n1 0\n"u8]);
        content.Headers.ContentType = new("application/dimacs");
        using var response = await _node.Client.PostAsync("/v1/goals?wait=true", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"rejected\"", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("-a")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("%C3%A4")]
    [InlineData("a%00")]
    [InlineData("%ff")]
    [InlineData("a%C3")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_id_that_is_none(string id)
    {
        Refuses(await _node.SendAsync(HttpMethod.Post, $"/v1/goals?id={id}", Goal, "application/dimacs"), HttpStatusCode.BadRequest, "bad-id");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            var answer = await _node.SendAsync(method, $"/v1/goals/{id}");
            Assert.True(answer.Status is HttpStatusCode.BadRequest, $"{method} {id}: {answer}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/lisp")]
    [InlineData("application/")]
    [InlineData("nonsense;;;")]
    public async Task A_content_type_that_is_none_of_the_four(string? type) =>
        Refuses(await _node.SendAsync(HttpMethod.Post, "/v1/goals", Goal, type), HttpStatusCode.UnsupportedMediaType, "unknown-language");

    [Fact]
    public async Task A_body_that_is_packed_is_not_read()
    {
        using var content = new StringContent(Goal);
        content.Headers.ContentType = new("application/dimacs");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await _node.Client.PostAsync("/v1/goals", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/goals/nobody-knows", HttpStatusCode.NotFound, "unknown-goal")]
    [InlineData("DELETE", "/v1/goals/nobody-knows", HttpStatusCode.NotFound, "unknown-goal")]
    [InlineData("GET", "/v2/goals", HttpStatusCode.NotFound, "unknown-route")]
    [InlineData("GET", "/v1", HttpStatusCode.NotFound, "unknown-route")]
    [InlineData("PUT", "/v1/goals", HttpStatusCode.MethodNotAllowed, "wrong-method")]
    [InlineData("POST", "/v1/backends", HttpStatusCode.MethodNotAllowed, "wrong-method")]
    [InlineData("GET", "/v1/goals?limit=0", HttpStatusCode.BadRequest, "bad-option")]
    [InlineData("GET", "/v1/goals?limit=1001", HttpStatusCode.BadRequest, "bad-option")]
    [InlineData("GET", "/v1/goals?state=lost", HttpStatusCode.BadRequest, "bad-option")]
    [InlineData("GET", "/v1/goals?after=x", HttpStatusCode.BadRequest, "bad-option")]
    [InlineData("GET", "/v1/goals?label=k", HttpStatusCode.BadRequest, "bad-option")]
    [InlineData("GET", "/v1/goals?stat=open", HttpStatusCode.BadRequest, "bad-option")]
    public async Task A_request_for_what_is_not_there(string method, string path, HttpStatusCode status, string code) =>
        Refuses(await _node.SendAsync(new HttpMethod(method), path), status, code);

    [Fact]
    public async Task A_batch_of_another_content_type() =>
        Refuses(await _node.SendAsync(HttpMethod.Post, "/v1/goals:batch", "x", "text/plain"), HttpStatusCode.UnsupportedMediaType, "unknown-language");

    private static void Refuses(Answer answer, HttpStatusCode status, string code, string sentence = "")
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(sentence, answer["detail"]);
    }
}
