using System.Net;
using System.Text.Json;

namespace ProverCluster.Api;

/// <summary>What a node alone says of itself; each answer is held against its description.</summary>
public sealed class Cluster_state(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private readonly ApiNode _node = alone.Node;

    private string Name => _node.Node.Name;

    [Fact]
    public async Task A_node_alone_is_the_only_member_of_its_cluster_and_has_no_shards()
    {
        var members = await _node.GetAsync("/v1/cluster/members");
        Assert.Equal((HttpStatusCode.OK, Name, "[]"), (members.Status, members["node"], members["silent"]));
        var self = Assert.Single(members.Json.GetProperty("members").EnumerateArray());
        Assert.Equal((Name, "up", true, true), (self.GetProperty("node").GetString(), self.GetProperty("status").GetString(), self.GetProperty("reachable").GetBoolean(), self.GetProperty("leader").GetBoolean()));
        Assert.True(self.GetProperty("ageMs").GetDouble() > 0);
        Assert.Contains($"({self.GetProperty("runtime").GetString()})", Node.ProgramVersion.Text);
        Assert.Equal("""{"shards":[],"silent":[]}""", (await _node.GetAsync("/v1/cluster/shards")).Text);
    }

    [Fact]
    public async Task A_run_is_shown_with_its_living_processes_and_is_gone_when_it_has_ended()
    {
        var id = ApiNode.NewId();
        await _node.PostAsync("sleep 1000", $"id={id}");
        var processes = await ApiNode.RunsAsync(id);
        // A process is there a moment before it is known as the run's, and is measured a moment after that.
        JsonElement run = default;
        await Eventually.True(
            () => RunsOfAsync(id).GetAwaiter().GetResult() is [var one] && (run = one).GetProperty("processes").ValueKind == JsonValueKind.Array && run.GetProperty("rssMiB").GetDouble() > 0
                && processes.Look().All(process => run.GetProperty("processes").EnumerateArray().Any(shown => shown.GetInt32() == process.Pid)),
            "its processes are shown");
        Assert.Equal(("puppet", "running"), (run.GetProperty("backend").GetString(), run.GetProperty("state").GetString()));
        Assert.StartsWith($"{id}/", run.GetProperty("run").GetString());
        Assert.True(run.GetProperty("ageMs").GetDouble() > 0 && run.GetProperty("worstTickLateMs").GetDouble() >= run.GetProperty("tickLateMs").GetDouble(), $"{run}");

        await _node.DeleteAsync($"/v1/goals/{id}");
        await _node.SettledAsync(id);
        await Eventually.True(() => RunsOfAsync(id).GetAwaiter().GetResult().Count == 0, "its run is gone");
    }

    [Fact]
    public async Task The_tree_of_actors_shows_who_serves_a_goal()
    {
        var id = ApiNode.NewId();
        await _node.PostAsync("sleep 1000", $"id={id}");
        await ApiNode.RunsAsync(id);
        var actors = (await _node.GetAsync("/v1/actors?limit=1000")).Json.GetProperty("actors").EnumerateArray().Where(actor => actor.GetProperty("goal").GetString() == id);
        var kinds = actors.Select(actor => $"{actor.GetProperty("kind")} {actor.GetProperty("state")}").Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "FlightActor racing", "FlightListenerActor listening", "FlightRaceActor racing", "GoalCoordinatorActor open", "GoalListenerActor listening", "GoalRecordActor open",
                "ProverRunnerActor running", "RecordRaceActor racing",
            ],
            kinds);

        var below = await _node.GetAsync($"/v1/actors?path=/user/agent&depth=1&node={Name}");
        var runner = Assert.Single(below.Json.GetProperty("actors").EnumerateArray(), actor => actor.GetProperty("goal").GetString() == id);
        Assert.StartsWith("/user/agent/", runner.GetProperty("path").GetString());
        Assert.StartsWith($"{id}/", runner.GetProperty("run").GetString());
        await _node.DeleteAsync($"/v1/goals/{id}");
    }

    [Fact]
    public async Task Of_a_large_tree_the_nearest_are_shown()
    {
        var answer = await _node.GetAsync("/v1/actors?limit=2");
        Assert.Equal("True", answer["truncated"]);
        Assert.Equal(["/user", "/user/agent"], answer.Json.GetProperty("actors").EnumerateArray().Select(actor => actor.GetProperty("path").GetString()));
    }

    [Theory]
    [InlineData("/v1/actors?path=/user/nobody", "unknown-actor")]
    [InlineData("/v1/actors?path=../etc", "unknown-actor")]
    [InlineData("/v1/actors?node=nobody:1", "unknown-node")]
    [InlineData("/v1/actors?depth=33", "bad-option")]
    [InlineData("/v1/actors?limit=1001", "bad-option")]
    [InlineData("/v1/actors?limit=1&limit=2", "bad-option")]
    [InlineData("/v1/actors?dept=1", "bad-option")]
    [InlineData("/v1/nodes/nobody:1/runs", "unknown-node")]
    public async Task What_is_not_there_or_cannot_be_asked_is_told(string path, string code) => Assert.Equal(code, (await _node.GetAsync(path)).Code);

    [Theory]
    [InlineData("leave")]
    [InlineData("down")]
    public async Task A_node_alone_has_no_cluster_to_get_out_of(string what)
    {
        Assert.Equal("alone", (await _node.SendAsync(HttpMethod.Post, $"/v1/cluster/members/{Name}/{what}")).Code);
        Assert.Equal("unknown-node", (await _node.SendAsync(HttpMethod.Post, $"/v1/cluster/members/nobody:1/{what}")).Code);
        await _node.IsWellAsync();
    }

    private async Task<IReadOnlyList<JsonElement>> RunsOfAsync(string id) =>
        [.. (await _node.GetAsync($"/v1/nodes/{Name}/runs")).Json.GetProperty("runs").EnumerateArray().Where(run => run.GetProperty("goal").GetString() == id)];
}
