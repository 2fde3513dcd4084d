using System.Net;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Api;

/// <summary>Who may come in, and do what.</summary>
public sealed class Tokens(TokensFixture tokens) : IClassFixture<TokensFixture>
{
    private const string Roleless = "/v1/goals/nobody-knows";

    private readonly ApiNode _node = tokens.Node;

    /// <summary>Every route that wants a token, and the roles any of which it wants. That no other is there is said by the description's specs.</summary>
    public static TheoryData<string, string, string> Routes => new()
    {
        { "POST", "/v1/goals", "submit" },
        { "POST", "/v1/goals:batch", "submit" },
        { "DELETE", Roleless, "submit" },
        { "GET", Roleless, "submit or read" },
        { "GET", Roleless + "/events", "submit or read" },
        { "GET", "/v1/goals", "read" },
        { "GET", "/v1/backends", "read" },
        { "GET", "/metrics", "read" },
        { "GET", "/v1/cache", "admin" },
        { "DELETE", "/v1/cache", "admin" },
        { "GET", "/v1/cluster/members", "read" },
        { "GET", "/v1/cluster/shards", "read" },
        { "GET", "/v1/nodes/nobody:1/runs", "read" },
        { "GET", "/v1/actors", "admin" },
        { "POST", "/v1/cluster/members/nobody:1/leave", "admin" },
        { "POST", "/v1/cluster/members/nobody:1/down", "admin" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nobody_comes_in_without_one_that_is_good(string method, string path, string roles)
    {
        var none = await AskAsync(method, path);
        Assert.Equal((HttpStatusCode.Unauthorized, "no-token", "Bearer"), (none.Status, none.Code, none.Headers["WWW-Authenticate"]));

        var secret = TokensFile.Secret("alice");
        string[] wrong =
        [
            $"Bearer {TokensFile.Secret("nobody")}", $"Bearer {secret[..^1]}", $"Bearer {secret}x", $"Bearer {secret.ToUpperInvariant()}", $"Bearer {secret} {secret}",
            $"Bearer {TokensFile.Hash("alice")}", $"Basic {secret}", secret, "Bearer", "Bearer short", $"Bearer {new string('x', 10_000)}", $"Bearer {secret}, Bearer {secret}",
        ];
        foreach (var authorization in wrong)
        {
            var answer = await AskAsync(method, path, authorization);
            Assert.Equal((HttpStatusCode.Unauthorized, "bad-token", "Bearer"), (answer.Status, answer.Code, answer.Headers["WWW-Authenticate"]));
            Assert.DoesNotContain(secret, answer.Text);
        }

        Assert.NotEmpty(roles);
        await IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task One_without_the_role_is_forbidden_and_one_with_it_is_not(string method, string path, string roles)
    {
        foreach (var (name, role) in new[] { ("submitter", "submit"), ("reader", "read"), ("root", "admin") })
        {
            var answer = await AskAsync(method, path, $"Bearer {TokensFile.Secret(name)}");
            if (role == "admin" || roles.Split(" or ").Contains(role))
            {
                Assert.False(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{name}: {answer}");
            }
            else
            {
                Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (answer.Status, answer.Code));
                Assert.Contains($"the role {(roles == "admin" ? "" : $"{roles} or ")}admin", answer["detail"]);
            }
        }

        await IsWellAsync();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/")]
    public async Task Whether_the_node_lives_and_what_it_does_is_told_to_everybody(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("GET", path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("GET", path, "Bearer of-nothing-that-is-known")).Status);
    }

    [Theory]
    [InlineData("GET", "/v2/goals", "unknown-route")]
    [InlineData("PUT", "/v1/goals", "wrong-method")]
    public async Task What_there_is_not_is_told_to_those_who_have_one(string method, string path, string code)
    {
        Assert.Equal("no-token", (await AskAsync(method, path)).Code);
        Assert.Equal(code, (await AskAsync(method, path, $"Bearer {TokensFile.Secret("reader")}")).Code);
    }

    [Fact]
    public async Task The_word_before_it_may_be_written_as_one_likes() =>
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("GET", "/v1/goals", $"bearer  {TokensFile.Secret("reader")}")).Status);

    [Fact]
    public async Task A_goal_is_seen_by_its_own_and_by_an_administrators_alone()
    {
        var (alice, bob, root) = (tokens.As("alice"), tokens.As("bob"), tokens.As("root"));
        var id = ApiNode.NewId();
        var json = ApiNode.Json("sleep 1000", id);
        Assert.Equal(HttpStatusCode.Accepted, (await alice.PostJsonAsync(json)).Status);
        var processes = await ApiNode.RunsAsync(id);

        foreach (var answer in new[] { await bob.GetAsync($"/v1/goals/{id}"), await bob.GetAsync($"/v1/goals/{id}/events"), await bob.DeleteAsync($"/v1/goals/{id}") })
            Assert.Equal((HttpStatusCode.NotFound, "unknown-goal"), (answer.Status, answer.Code));
        Assert.DoesNotContain(id, (await bob.GetAsync("/v1/goals?limit=1000")).Text);
        Assert.Contains(id, (await alice.GetAsync("/v1/goals?limit=1000")).Text);
        Assert.Contains(id, (await root.GetAsync("/v1/goals?limit=1000")).Text);
        Assert.Equal("open", (await root.GetAsync($"/v1/goals/{id}"))["state"]);
        Assert.NotEmpty(processes.Look());

        var story = root.Client.GetStringAsync($"/v1/goals/{id}/events");
        Assert.Equal(HttpStatusCode.Accepted, (await root.DeleteAsync($"/v1/goals/{id}")).Status);
        await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
        Assert.Equal("withdrawn", (await alice.SettledAsync(id)).GetProperty("verdict").GetString());
        Assert.Contains("event: settled", await story);
    }

    [Fact]
    public async Task An_id_that_another_one_has_used_is_in_use_whoever_asks_and_tells_nothing_of_its_goal()
    {
        var id = ApiNode.NewId();
        var json = ApiNode.Json("say unsat", id, ("name", "the-name-of-alice"));
        await tokens.As("alice").PostJsonAsync(json, "wait=true");

        foreach (var name in new[] { "bob", "submitter", "root" })
        {
            foreach (var query in new[] { "", "wait=true" })
            {
                var answer = await tokens.As(name).PostJsonAsync(json, query);
                Assert.Equal((HttpStatusCode.Conflict, "id-in-use"), (answer.Status, answer.Code));
                Assert.DoesNotContain("alice", answer.Text);
            }
        }

        var batch = await tokens.As("bob").SendAsync(HttpMethod.Post, "/v1/goals:batch", json, "application/x-ndjson");
        Assert.Contains("id-in-use", batch.Text);
        Assert.Equal("proved", (await tokens.As("alice").PostJsonAsync(json, "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task Whoever_may_only_submit_follows_its_goals_to_their_end()
    {
        var submitter = tokens.As("submitter");
        var id = ApiNode.NewId();
        await submitter.PostAsync("sleep 0.1 say unsat", $"id={id}");
        Assert.Contains("event: settled", await submitter.Client.GetStringAsync($"/v1/goals/{id}/events"));
        Assert.Equal("proved", (await submitter.GetAsync($"/v1/goals/{id}"))["verdict"]);
        Assert.Equal(HttpStatusCode.OK, (await submitter.DeleteAsync($"/v1/goals/{id}")).Status);
    }

    [Fact]
    public async Task The_client_library_has_an_exception_for_each_refusal()
    {
        await using var alice = Connect(TokensFile.Secret("alice"));
        var id = GoalId.Parse(ApiNode.NewId());
        Assert.Equal(Verdict.Proved, (await alice.ProveAsync(Goal("say unsat") with { Id = id }, new ProveOptions { Backends = ["puppet"] })).Verdict);

        await using var bob = Connect(TokensFile.Secret("bob"));
        await Assert.ThrowsAsync<UnknownGoalException>(() => bob.ShowAsync(id));
        await using var reader = Connect(TokensFile.Secret("reader"));
        await Assert.ThrowsAsync<ForbiddenException>(() => reader.ProveAsync(Goal("say unsat")));
        foreach (var token in new[] { null, TokensFile.Secret("nobody") })
        {
            await using var nobody = Connect(token);
            await Assert.ThrowsAsync<UnauthorizedException>(() => nobody.ProveAsync(Goal("say unsat")));
        }
    }

    [Fact]
    public async Task Nothing_that_is_presented_or_known_is_in_the_log()
    {
        var heard = new Heard(_node);
        await AskAsync("GET", "/v1/goals", $"Bearer {TokensFile.Secret("mallory")}");
        await AskAsync("GET", "/v1/goals", $"Bearer {TokensFile.Secret("alice")}");
        // Whatever else has presented a wrong one in this minute was told of before.
        Assert.All(heard.Lines, line => Assert.All(new[] { "alice", "mallory" }, name => Assert.False(
            line.Contains(TokensFile.Secret(name), StringComparison.Ordinal) || line.Contains(TokensFile.Hash(name), StringComparison.Ordinal), line)));
        Assert.InRange(heard.Lines.Count, 0, 1);
    }

    private static Client.Goal Goal(string play) => Client.Goal.FromText(ApiNode.Goal(play), GoalLanguage.Dimacs);

    private ProverClient Connect(string? token) => ProverClient.Connect(new ProverClientOptions { Endpoints = [_node.Server.Address.ToString()], Token = token });

    private async Task<Answer> AskAsync(string method, string path, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _node.SendAsync(request);
    }

    private async Task IsWellAsync() => Assert.Equal("proved", (await tokens.As("alice").PostAsync("say unsat", "wait=true"))["verdict"]);
}
