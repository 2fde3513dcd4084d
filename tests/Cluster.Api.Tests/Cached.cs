using System.Net;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Store;

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

        var counted = (await node.GetAsync("/metrics")).Text;
        Assert.Contains("prover_cluster_goals_total{source=\"cache\",verdict=\"proved\"} 1\n", counted, StringComparison.Ordinal);
        Assert.Contains("prover_cluster_goals_total{source=\"race\",verdict=\"proved\"} 2\n", counted, StringComparison.Ordinal);
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

    [Fact]
    public async Task An_answer_that_is_contradicted_later_says_so_for_ever_and_its_verdict_is_given_to_nobody_any_more()
    {
        // Each prover that is started says the other thing.
        var turn = Path.Combine(_folder, "turn");
        var entry = Entry.Runs("fickle", $"if mkdir {turn}; then echo unsat; else echo sat; fi");
        string? id;
        await using (var node = await ApiNode.StartAsync("", null, [entry], Stored))
        {
            var text = ApiNode.Goal("none");
            Assert.Equal("proved", (await PostAsync(node, text, backend: "fickle"))["verdict"]);
            await Eventually.True(() => node.GetAsync("/v1/cache").GetAwaiter().GetResult()["verdicts"] == "1", "the verdict is kept");
            var given = await PostAsync(node, text, backend: "fickle");
            Assert.Equal(("proved", "True"), (given["verdict"], given["cached"]));
            Assert.False(given.Json.TryGetProperty("doubted", out _));
            id = given["id"];

            Assert.Equal("refuted", (await PostAsync(node, text, "&no-cache=true", "fickle"))["verdict"]);
            await Eventually.True(() => node.GetAsync("/v1/cache").GetAwaiter().GetResult()["verdicts"] == "0", "nothing of it stays");
            await Eventually.True(() => node.GetAsync($"/v1/goals/{id}").GetAwaiter().GetResult().Json.TryGetProperty("doubted", out _), "the answer says so");
            Assert.Equal("False", (await PostAsync(node, text, backend: "fickle"))["cached"]);
        }

        await using var next = await ApiNode.StartAsync(change: Stored);
        var later = await next.GetAsync($"/v1/goals/{id}");
        Assert.Equal("proved", later["verdict"]);
        Assert.StartsWith("contradiction: fickle", later["doubted"]);
    }

    [Fact]
    public async Task Goals_that_are_open_when_their_node_stops_stay_open_however_many_they_are()
    {
        const int Goals = 3000;
        await using (var node = await ApiNode.StartAsync("prover-cluster.drain.grace = 0s", change: Stored))
        {
            // So many at once that none of them waits for so long that it is refused.
            await Parallel.ForAsync(0, Goals, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, cancellation) =>
                Assert.Equal(HttpStatusCode.Accepted, (await node.PostAsync("sleep 3600", "", cancellation)).Status));
        }

        await using var store = await NodeStore.OpenAsync(_folder, TimeProvider.System);
        Assert.Equal((Goals, 0), await store.Goals.CountAsync() is var counts ? (counts.Open, counts.Settled) : default);
    }

    private Task<ApiNode> StartAsync() => ApiNode.StartAsync(change: Stored);

    private NodeSettings Stored(NodeSettings settings) => settings with { Store = settings.Store with { Folder = _folder } };

    private static Task<Answer> PostAsync(ApiNode node, string text, string query = "", string backend = "puppet") =>
        node.SendAsync(HttpMethod.Post, $"/v1/goals?backends={backend}&wait=true{query}", text, "application/dimacs");
}
