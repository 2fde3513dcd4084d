using System.Net;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>A token has so many goals open as its file says, and others are none the worse for it.</summary>
public sealed class Quotas : IAsyncLifetime
{
    private readonly TokensFile _file = new(
        TokensFile.Entry("one", "submit, read", mostOpen: 1), TokensFile.Entry("two", "submit, read", mostOpen: 2), TokensFile.Entry("free", "submit, read"), TokensFile.Entry("root", "admin"));

    private ApiNode _node = null!;
    private ApiNode _two = null!;

    public async Task InitializeAsync()
    {
        _node = await ApiNode.StartAsync(_file.Hocon);
        _two = _node.As(TokensFile.Secret("two"));
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task One_goal_more_is_refused_until_one_is_settled_and_others_are_served()
    {
        var ids = await FillAsync();
        foreach (var query in new[] { "", "wait=true", $"id={ApiNode.NewId()}" })
        {
            var refused = await _two.PostAsync("say unsat", query);
            Assert.Equal((HttpStatusCode.TooManyRequests, "quota", "1"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        }

        Assert.Contains("\"quota\"", (await _two.SendAsync(HttpMethod.Post, "/v1/goals:batch", ApiNode.Json("say unsat"), "application/x-ndjson")).Text);
        Assert.Equal("proved", (await _node.As(TokensFile.Secret("free")).PostAsync("say unsat", "wait=true"))["verdict"]);

        await _two.DeleteAsync($"/v1/goals/{ids[0]}");
        await _two.SettledAsync(ids[0]);
        Assert.Equal("proved", (await _two.PostAsync("say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task A_goal_that_is_waited_for_counts_until_nobody_waits()
    {
        using var giveUp = new CancellationTokenSource();
        var ids = new[] { ApiNode.NewId(), ApiNode.NewId() };
        var waiting = ids.Select(id => _two.PostAsync("sleep 1000", $"id={id}&wait=true", giveUp.Token)).ToArray();
        foreach (var id in ids)
            await ApiNode.RunsAsync(id);
        Assert.Equal("quota", (await _two.PostAsync("say unsat")).Code);

        await giveUp.CancelAsync();
        foreach (var each in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        foreach (var id in ids)
            await _two.SettledAsync(id);
        Assert.Equal("proved", (await _two.PostAsync("say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task Of_many_that_come_at_once_no_more_are_accepted()
    {
        for (var round = 0; round < 3; round++)
        {
            var ids = Enumerable.Range(0, 12).Select(_ => ApiNode.NewId()).ToArray();
            var answers = await Task.WhenAll(ids.Select(id => _two.PostAsync("sleep 1000", $"id={id}")));
            Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.Accepted));
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Accepted), answer => Assert.Equal("quota", answer.Code));
            foreach (var accepted in answers.Where(answer => answer.Status == HttpStatusCode.Accepted))
            {
                await _two.DeleteAsync($"/v1/goals/{accepted["id"]}");
                await _two.SettledAsync(accepted["id"]!);
            }
        }
    }

    [Fact]
    public async Task A_goal_that_is_submitted_once_more_and_a_text_that_is_no_goal_do_not_count()
    {
        var json = ApiNode.Json("sleep 1000", ApiNode.NewId());
        Assert.Equal(HttpStatusCode.Accepted, (await _two.PostJsonAsync(json)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await _two.PostAsync("sleep 1000")).Status);

        var again = await _two.PostJsonAsync(json);
        Assert.Equal((HttpStatusCode.Accepted, "open"), (again.Status, again["state"]));
        Assert.Equal("id-in-use", (await _two.PostJsonAsync(json.Replace("sleep 1000", "say unsat", StringComparison.Ordinal))).Code);
        Assert.Equal("rejected", (await _two.SendAsync(HttpMethod.Post, "/v1/goals?wait=true", "p cnf", "application/dimacs"))["verdict"]);
    }

    [Fact]
    public async Task A_goal_that_was_given_up_counts_when_it_is_wanted_again()
    {
        var id = ApiNode.NewId();
        var json = ApiNode.Json("sleep 1000", id);
        await _two.PostJsonAsync(json);
        await _two.DeleteAsync($"/v1/goals/{id}");
        await _two.SettledAsync(id);
        await FillAsync();
        Assert.Equal("quota", (await _two.PostJsonAsync(json)).Code);
    }

    [Fact]
    public async Task Whoever_has_seen_a_verdict_may_submit_the_next_goal_at_once()
    {
        var one = _node.As(TokensFile.Secret("one"));
        for (var number = 0; number < 30; number++)
            Assert.Equal("proved", (await one.PostAsync("say unsat", "wait=true"))["verdict"]);
    }

    [Fact]
    public async Task A_batch_alone_does_not_meet_it()
    {
        foreach (var name in new[] { "one", "two" })
        {
            var lines = Enumerable.Range(0, 12).Select(_ => ApiNode.Json("sleep 0.02 say unsat"));
            var answer = await _node.As(TokensFile.Secret(name)).SendAsync(HttpMethod.Post, "/v1/goals:batch", string.Join('\n', lines), "application/x-ndjson");
            Assert.All(answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal("proved", JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString()));
        }
    }

    private async Task<string[]> FillAsync()
    {
        var ids = new[] { ApiNode.NewId(), ApiNode.NewId() };
        foreach (var id in ids)
            Assert.Equal(HttpStatusCode.Accepted, (await _two.PostAsync("sleep 1000", $"id={id}")).Status);
        return ids;
    }
}

/// <summary>It is counted in the whole cluster, wherever the goals came in and live.</summary>
[Collection(nameof(Several_nodes))]
public sealed class Quotas_of_several_nodes
{
    [Fact]
    public async Task Goals_that_came_in_at_any_node_count_at_every_other()
    {
        using var file = new TokensFile(TokensFile.Entry("four", "submit, read", mostOpen: 4));
        await using var first = await Several_nodes.StartAsync(null, file.Hocon);
        await using var second = await Several_nodes.StartAsync(first, file.Hocon);
        await Task.WhenAll(first.Node.UpAsync(), second.Node.UpAsync());
        await Task.WhenAll(first.Node.KnowsProversAsync(2), second.Node.KnowsProversAsync(2));
        ApiNode[] nodes = [first.As(TokensFile.Secret("four")), second.As(TokensFile.Secret("four"))];

        var ids = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            ids.Add(ApiNode.NewId());
            Assert.Equal(HttpStatusCode.Accepted, (await nodes[number % 2].PostAsync("sleep 1000", $"id={ids[^1]}")).Status);
        }

        foreach (var node in nodes)
            Assert.Equal("quota", (await node.PostAsync("say unsat")).Code);
        await nodes[1].DeleteAsync($"/v1/goals/{ids[0]}");
        await nodes[0].SettledAsync(ids[0]);
        Assert.Equal("proved", (await nodes[0].PostAsync("say unsat", "wait=true"))["verdict"]);
        foreach (var id in ids.Skip(1))
            await nodes[0].DeleteAsync($"/v1/goals/{id}");
    }
}
