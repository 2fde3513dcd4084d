using System.Net;
using Akka.Cluster.Sharding;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Records;

namespace ProverCluster.Api;

/// <summary>Any node of a cluster answers for any goal.</summary>
[Collection(nameof(Several_nodes))]
public sealed class Several_nodes : IAsyncLifetime
{
    private const string Loopback = "127.0.0.1";

    private readonly List<ApiNode> _nodes = [];

    public async Task InitializeAsync()
    {
        _nodes.Add(await StartAsync());
        _nodes.Add(await StartAsync(_nodes[0]));
        await KnowEachOtherAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_goal_that_came_in_at_one_is_shown_watched_listed_and_given_up_at_another()
    {
        for (var number = 0; number < 8; number++)
        {
            var (here, there) = (_nodes[number % 2], _nodes[(number + 1) % 2]);
            var id = ApiNode.NewId();
            Assert.Equal(HttpStatusCode.Accepted, (await here.PostAsync("sleep 1000", $"id={id}&label=n={number}")).Status);
            var processes = await ApiNode.RunsAsync(id);
            Assert.Equal("open", (await there.GetAsync($"/v1/goals/{id}"))["state"]);
            var listed = await there.GetAsync($"/v1/goals?label=n={number}");
            Assert.Equal(id, Assert.Single(listed.Json.GetProperty("goals").EnumerateArray()).GetProperty("id").GetString());
            var events = there.Client.GetStringAsync($"/v1/goals/{id}/events");

            Assert.Equal(HttpStatusCode.Accepted, (await there.DeleteAsync($"/v1/goals/{id}")).Status);
            await Eventually.True(() => processes.Look().Count == 0, "its provers are gone");
            Assert.Contains("event: settled", await events);
        }
    }

    [Fact]
    public async Task A_node_that_keeps_no_races_knows_as_well_what_the_cluster_can_run()
    {
        await using var prover = await ApiNode.StartAsync("", new ClusterPlace(Loopback, 0, [_nodes[0].Node.Name], [NodeRoles.Prover]));
        string[] all = [.. _nodes.Append(prover).Select(node => node.Node.Name).Order(StringComparer.Ordinal)];
        var told = "";
        await Eventually.True(
            () =>
            {
                var answer = prover.GetAsync("/v1/backends").GetAwaiter().GetResult();
                told = answer.Text;
                return all.SequenceEqual(answer.Json.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("node").GetString()));
            },
            "every node is listed",
            instead: () => told);
    }

    [Fact]
    public async Task Those_who_wait_at_several_nodes_wait_for_one_race_and_each_is_an_interest()
    {
        for (var number = 0; number < 6; number++)
        {
            var json = ApiNode.Json("sleep 0.3 say unsat", ApiNode.NewId());
            var answers = await Task.WhenAll(_nodes.Select(node => node.PostJsonAsync(json, "wait=true")));
            Assert.Single(answers.Select(answer => answer.Text).Distinct());
            Assert.Equal("proved", answers[0]["verdict"]);
        }
    }

    [Fact]
    public async Task Goals_are_kept_when_their_records_move_to_a_node_that_joins_and_away_from_one_that_leaves()
    {
        var ids = Enumerable.Range(0, 24).Select(_ => ApiNode.NewId()).ToArray();
        foreach (var id in ids.Take(20))
            await _nodes[0].PostAsync("say unsat", $"id={id}&wait=true");
        var waiting = ids.Skip(20).Take(2).Select(id => _nodes[0].PostAsync("sleep 8 say unsat", $"id={id}&wait=true&timeout=60s")).ToArray();
        foreach (var id in ids.Skip(22))
            await _nodes[1].PostAsync("sleep 8 say sat", $"id={id}&timeout=60s");

        _nodes.Add(await StartAsync(_nodes[0]));
        await KnowEachOtherAsync();
        await HaveMovedAsync(_nodes[2]);
        foreach (var id in ids.Take(20))
            Assert.Equal("proved", (await _nodes[2].GetAsync($"/v1/goals/{id}"))["verdict"]);

        await _nodes[1].DisposeAsync();
        _nodes.RemoveAt(1);
        foreach (var answer in await Task.WhenAll(waiting))
            Assert.Equal("proved", answer["verdict"]);
        foreach (var id in ids.Skip(22))
        {
            var goal = await _nodes[1].SettledAsync(id);
            Assert.True(goal.GetProperty("verdict").GetString() == "refuted", $"{goal}");
        }

        foreach (var id in ids.Take(20))
            Assert.Equal("proved", (await _nodes[1].GetAsync($"/v1/goals/{id}"))["verdict"]);
    }

    [Fact]
    public async Task A_goal_is_kept_whose_record_was_to_move_to_a_node_that_has_left_meanwhile()
    {
        await _nodes[1].DisposeAsync();
        _nodes.RemoveAt(1);
        var id = ApiNode.NewId();
        await _nodes[0].PostAsync("await say unsat", $"id={id}");
        await ApiNode.RunsAsync(id);

        // As if its shard were given up here, and came back.
        var record = await _nodes[0].RecordAsync(id);
        _nodes[0].ParentOf(record).Tell(new Passivate(MoveRecord.Elsewhere), record);
        Assert.Equal("open", (await _nodes[0].GetAsync($"/v1/goals/{id}"))["state"]);
        Assert.NotEqual(record, await _nodes[0].RecordAsync(id));
        Assert.Equal("proved", (await ApiNode.CallAsync(id, _nodes[0].SettledAsync(id))).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_node_that_drains_refuses_goals_and_ends_its_streams_and_the_others_go_on()
    {
        var id = ApiNode.NewId();
        await _nodes[0].PostAsync("await say unsat", $"id={id}");
        await ApiNode.RunsAsync(id);
        var stream = _nodes[1].Client.GetStringAsync($"/v1/goals/{id}/events");
        var blocker = ApiNode.NewId();
        var waiting = _nodes[1].PostAsync("await say unsat", $"id={blocker}&wait=true");
        await ApiNode.RunsAsync(blocker);

        var leaving = _nodes[1].Node.DisposeAsync();
        Assert.DoesNotContain("settled", await stream);
        Answer? refused = null;
        try
        {
            refused = await _nodes[1].PostAsync("say unsat");
            Assert.Equal("draining", (await _nodes[1].GetAsync("/health/ready")).Code);
        }
        catch (HttpRequestException)
        {
            // It was gone already.
        }

        if (refused is not null)
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining"), (refused.Status, refused.Code));
        var end = await ApiNode.CallAsync(blocker, waiting);
        Assert.Equal("proved", (await ApiNode.CallAsync(id, _nodes[0].SettledAsync(id))).GetProperty("verdict").GetString());
        await leaving;
        Assert.True(end.Status == HttpStatusCode.OK || end.Code == "draining", end.Text);
    }

    [Fact]
    public async Task Those_who_wait_are_answered_although_a_node_is_lost_with_its_records()
    {
        var lost = await StartAsync(_nodes[0]);
        _nodes.Add(lost);
        await KnowEachOtherAsync();
        var waiting = Enumerable.Range(0, 12).Select(number => _nodes[number % 2].PostAsync("sleep 2 say unsat", $"id={ApiNode.NewId()}&wait=true&timeout=90s")).ToArray();
        await HaveMovedAsync(lost);

        _nodes.Remove(lost);
        await new TestNode(lost.Node, NodeRoles.All, "lost").CrashAsync(_nodes.Select(node => new TestNode(node.Node, NodeRoles.All, "other")));
        // A run may be placed anew before the record is: its text, which was on the node that is gone, is where somebody waits.
        foreach (var answer in await Task.WhenAll(waiting))
            Assert.True(answer["verdict"] == "proved", answer.Text);
        await lost.Server.DisposeAsync();
    }

    [Fact]
    public async Task A_goal_that_is_followed_is_not_given_up_by_a_node_that_drains()
    {
        var id = ApiNode.NewId();
        var json = ApiNode.Json("await say unsat", id, ("timeout", "90s"));
        using var followed = await Followed.StartAsync(_nodes[1], json);
        await ApiNode.RunsAsync(id);
        var leaving = _nodes[1].Node.DisposeAsync();
        Assert.DoesNotContain(await followed.RestAsync(), each => each.EventType == "settled");

        using var again = await Followed.StartAsync(_nodes[0], json);
        var last = (await ApiNode.CallAsync(id, again.RestAsync()))[^1];
        Assert.Equal("settled", last.EventType);
        Assert.Contains("\"proved\"", last.Data);
        Assert.DoesNotContain("\"withdrawn\"", last.Data);
        await leaving;
    }

    internal static Task<ApiNode> StartAsync(ApiNode? seed = null, string hocon = "") =>
        ApiNode.StartAsync(hocon, new ClusterPlace(Loopback, 0, seed is null ? [] : [seed.Node.Name], NodeRoles.All));

    private async Task KnowEachOtherAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.Node.UpAsync()));
        await Task.WhenAll(_nodes.Select(node => node.Node.KnowsProversAsync(_nodes.Count)));
        // What a node sees of its cluster may be a moment older than that it is up.
        foreach (var node in _nodes)
            await Eventually.True(() => node.GetAsync("/health/ready").GetAwaiter().GetResult().Status == HttpStatusCode.OK, "a node takes goals");
    }

    /// <summary>Waits until a node has records.</summary>
    private static Task HaveMovedAsync(ApiNode node) => Eventually.True(() => node.RecordsAsync().GetAwaiter().GetResult() > 0, "records have moved");
}
