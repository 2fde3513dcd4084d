using System.Net;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>That somebody's goal takes a slot is everybody's business; which goal it is, nobody's but its token's and an administrator's.</summary>
public sealed class Others_runs(TokensFixture tokens) : IClassFixture<TokensFixture>
{
    [Fact]
    public async Task Are_shown_without_what_they_are()
    {
        var id = ApiNode.NewId();
        await tokens.As("alice").PostAsync("sleep 1000", $"id={id}");
        await ApiNode.RunsAsync(id);
        // A process is there a moment before it is measured; and a node that is too busy to say what it runs is asked again.
        Answer? told = null;
        await Eventually.True(
            () =>
            {
                told = tokens.As("reader").GetAsync(Path).GetAwaiter().GetResult();
                return told.Status == HttpStatusCode.OK && Runs(told).Any(run => run.GetProperty("rssMiB") is { ValueKind: JsonValueKind.Number } memory && memory.GetDouble() > 0);
            },
            "its run is measured",
            instead: () => told?.Text);
        foreach (var name in new[] { "bob", "reader" })
        {
            var answer = await tokens.As(name).GetAsync(Path);
            Assert.DoesNotContain(id, answer.Text);
            var other = Assert.Single(Runs(answer));
            Assert.All(["run", "goal", "processes"], member => Assert.Equal(JsonValueKind.Null, other.GetProperty(member).ValueKind));
            Assert.Equal(("puppet", "running"), (other.GetProperty("backend").GetString(), other.GetProperty("state").GetString()));
            Assert.True(other.GetProperty("rssMiB").GetDouble() > 0);
        }

        foreach (var name in new[] { "alice", "root" })
        {
            var own = Assert.Single(Runs(await tokens.As(name).GetAsync(Path)));
            Assert.Equal(id, own.GetProperty("goal").GetString());
            Assert.NotEmpty(own.GetProperty("processes").EnumerateArray());
        }

        Assert.Equal("forbidden", (await tokens.As("alice").GetAsync("/v1/actors")).Code);
        Assert.Contains(id, (await tokens.As("root").GetAsync("/v1/actors?limit=1000")).Text);
        foreach (var path in new[] { "/v1/cluster/members", "/v1/cluster/shards" })
            Assert.DoesNotContain(id, (await tokens.As("reader").GetAsync(path)).Text);
        await tokens.As("alice").DeleteAsync($"/v1/goals/{id}");
    }

    private string Path => $"/v1/nodes/{tokens.Node.Node.Name}/runs";

    private static IEnumerable<JsonElement> Runs(Answer answer) => answer.Json.GetProperty("runs").EnumerateArray();
}
