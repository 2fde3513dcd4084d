namespace ProverCluster.Api;

/// <summary>The goals of the cluster, page by page.</summary>
public sealed class Lists(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task Show_the_newest_first_and_page_by_page_every_goal_once()
    {
        var ids = new List<string>();
        for (var number = 0; number < 7; number++)
            ids.Add((await _node.PostAsync("say unsat", $"wait=true&label=spec=pages&label=number={number}"))["id"]!);

        var seen = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await _node.GetAsync($"/v1/goals?label=spec=pages&limit=3{(next.Length > 0 ? $"&after={next}" : "")}");
            seen.AddRange(Ids(page));
            next = page.Json.GetProperty("next").GetString();
        }

        // Two of the same millisecond stand in the order of their ids.
        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal(ids[3], Assert.Single(Ids(await _node.GetAsync("/v1/goals?label=spec=pages&label=number=3"))));
    }

    [Fact]
    public async Task Say_when_each_was_accepted()
    {
        // In whole milliseconds, by this machine's clock.
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await _node.PostAsync("say unsat", "wait=true&label=spec=moments");
        var listed = Assert.Single((await _node.GetAsync("/v1/goals?label=spec=moments")).Json.GetProperty("goals").EnumerateArray());
        Assert.InRange(listed.GetProperty("acceptedAt").GetDateTimeOffset(), before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Show_those_of_a_state_alone()
    {
        var open = ApiNode.NewId();
        await _node.PostAsync("sleep 1000", $"id={open}&label=spec=states");
        var settled = (await _node.PostAsync("say unsat", "wait=true&label=spec=states"))["id"];

        Assert.Equal([open], Ids(await _node.GetAsync("/v1/goals?label=spec=states&state=open")));
        Assert.Equal([settled], Ids(await _node.GetAsync("/v1/goals?label=spec=states&state=settled")));
        Assert.Empty(Ids(await _node.GetAsync("/v1/goals?label=spec=states&state=decided")));
        await _node.DeleteAsync($"/v1/goals/{open}");
    }

    [Fact]
    public async Task Have_no_models_cores_and_proofs_however_short_they_are()
    {
        var shown = await _node.PostAsync("say sat say 1", "wait=true&show-output=true&label=spec=outputs");
        Assert.NotEqual("", shown["model"]);

        var listed = Assert.Single((await _node.GetAsync("/v1/goals?label=spec=outputs")).Json.GetProperty("goals").EnumerateArray());
        Assert.Equal(shown["id"], listed.GetProperty("id").GetString());
        Assert.False(listed.TryGetProperty("model", out _), listed.ToString());
    }

    [Fact]
    public async Task What_the_cluster_can_run_is_listed_by_node()
    {
        var answer = await _node.GetAsync("/v1/backends");
        var node = Assert.Single(answer.Json.GetProperty("nodes").EnumerateArray());
        Assert.Equal(4, node.GetProperty("slots").GetInt32());
        Assert.Contains(node.GetProperty("backends").EnumerateArray(), backend => backend.GetProperty("backend").GetString() == "puppet" && backend.GetProperty("language").GetString() == "dimacs");
    }

    private static IEnumerable<string> Ids(Answer page) => page.Json.GetProperty("goals").EnumerateArray().Select(goal => goal.GetProperty("id").GetString()!);
}
