using ProverCluster.Node.Cache;

namespace ProverCluster.Api;

/// <summary>A node with a store answers a goal that it knows without a prover, says so, and shows what it knows.</summary>
public sealed class Cached : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cached-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_goal_that_was_decided_before_is_answered_with_where_its_verdict_comes_from_unless_that_is_not_wanted()
    {
        await using var node = await StartAsync();
        var text = ApiNode.Goal("say unsat");
        var first = await PostAsync(node, text);
        Assert.Equal(("proved", "False"), (first["verdict"], first["cached"]));
        await Eventually.True(() => node.GetAsync("/v1/cache").GetAwaiter().GetResult()["verdicts"] == "1", "the verdict is kept");

        var second = await PostAsync(node, text.Replace("\n", "  \r\n"));
        Assert.Equal(("proved", "True", 0), (second["verdict"], second["cached"], second.Json.GetProperty("runs").GetArrayLength()));
        var from = second.Json.GetProperty("provenance");
        Assert.Equal(("puppet", "unsat"), (from.GetProperty("backend").GetString(), from.GetProperty("line").GetString()));
        Assert.NotEqual(0, from.GetProperty("arguments").GetArrayLength());
        Assert.Equal("True", (await node.GetAsync($"/v1/goals/{second["id"]}"))["cached"]);
        Assert.Equal("False", (await PostAsync(node, text, "&no-cache=true"))["cached"]);

        var entry = Assert.Single((await node.GetAsync("/v1/cache?limit=1")).Json.GetProperty("entries").EnumerateArray());
        Assert.True(VerdictKey.TryParse(entry.GetProperty("key").GetString(), out _));
        Assert.Equal("1", (await node.DeleteAsync("/v1/cache"))["removed"]);
        Assert.Equal("0", (await node.GetAsync("/v1/cache"))["verdicts"]);
        Assert.Equal("False", (await PostAsync(node, text))["cached"]);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1&limit=2")]
    [InlineData("limits=1")]
    public async Task What_is_no_page_of_it_is_refused(string query)
    {
        await using var node = await ApiNode.StartAsync();
        Assert.Equal("bad-option", (await node.GetAsync($"/v1/cache?{query}")).Code);
        Assert.Equal("0", (await node.GetAsync("/v1/cache"))["verdicts"]);
    }

    private Task<ApiNode> StartAsync() => ApiNode.StartAsync(change: settings => settings with { Store = settings.Store with { Folder = _folder } });

    private static Task<Answer> PostAsync(ApiNode node, string text, string query = "") =>
        node.SendAsync(HttpMethod.Post, $"/v1/goals?backends=puppet&wait=true{query}", text, "application/dimacs");
}
