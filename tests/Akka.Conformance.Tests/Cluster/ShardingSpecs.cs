using System.Diagnostics;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Conformance.Cluster;

public sealed class ShardingSpecs : ClusterSpec
{
    private const string NervousAndAtRest = $"{Nervous}\nakka.cluster.sharding.rebalance-interval = 1h";
    private const string NeverRebalance = "akka.cluster.sharding.rebalance-interval = 1h";
    private readonly Lives _lives = new();

    /// <param name="Life">How many of its name there have been, with this one.</param>
    private sealed record Answer(string Id, string Text, int Life, Address Node);

    /// <summary>All regions are known to the coordinator, so that shards go to all of them.</summary>
    private async Task<Node[]> FormWithEntities(int count, string more = NeverRebalance)
    {
        var nodes = await Form(count, more, akka => Entity.Host(akka, _lives));
        using var limit = new CancellationTokenSource(Long);
        while ((await nodes[^1].Region.Ask<ClusterShardingStats>(new GetClusterShardingStats(Long), Long)).Regions.Count < count) await Task.Delay(20, limit.Token);
        return nodes;
    }


    private static async Task<Answer> Ask(Node from, string id, string text = "?") => Read(await from.Region.Ask<string>($"{id}:{text}", Long));

    /// <summary>What is on the way to a node that is gone is lost, so one asks again.</summary>
    private static async Task<Answer> AskUntilAnswered(Node from, string id)
    {
        using var limit = new CancellationTokenSource(Long);
        while (true)
        {
            try
            {
                return Read(await from.Region.Ask<string>($"{id}:?", TimeSpan.FromSeconds(1), limit.Token));
            }
            catch (AskTimeoutException)
            {
            }
        }
    }

    private static Answer Read(string answer)
    {
        var parts = answer.Split('|');
        return new Answer(parts[0], parts[1], int.Parse(parts[2]), Address.Parse(parts[3]));
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(0, count).Select(i => $"id-{i}");

    /// <summary>Of the first hundred, one that lives in that node.</summary>
    private static async Task<string> IdIn(Node home)
    {
        foreach (var id in Ids(100))
            if ((await Ask(home, id)).Node == home.Cluster.SelfAddress) return id;
        throw new InvalidOperationException("None of a hundred lives there.");
    }

    [Fact]
    public async Task An_entity_should_start_on_its_first_message_and_be_the_same_from_everywhere()
    {
        var nodes = await FormWithEntities(2);
        var first = await Ask(nodes[0], "a", "hello");
        Assert.Equal(("a", "hello", 1), (first.Id, first.Text, first.Life));
        Assert.Equal(first, await Ask(nodes[1], "a", "hello"));
        Assert.Same(nodes[0].Region, nodes[0].Host.Services.GetRequiredService<ActorRegistry>().Get<Entity>());
    }

    [Fact]
    public async Task There_should_be_one_of_each_spread_over_the_nodes()
    {
        var nodes = await FormWithEntities(3);
        var answers = await Task.WhenAll(Ids(60).SelectMany(id => nodes.Select(n => Ask(n, id))));
        Assert.All(answers, a => Assert.Equal(1, a.Life));
        Assert.Equal(60, answers.Distinct().Count());
        Assert.Empty(_lives.Doubles);
        Assert.Equal(nodes.Select(n => n.Cluster.SelfAddress).ToHashSet(), answers.Select(a => a.Node).ToHashSet());
    }

    [Fact]
    public async Task Messages_of_one_sender_should_arrive_in_order_also_the_very_first_ones()
    {
        var nodes = await FormWithEntities(2);
        var listener = nodes[1].Listen();
        for (var i = 0; i < 200; i++)
            foreach (var id in Ids(5)) nodes[1].Region.Tell($"{id}:{i}", listener.Ref);
        var answers = (await listener.Next(1000)).Select(a => Read((string)a)).ToLookup(a => a.Id);
        foreach (var id in Ids(5)) Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), answers[id].Select(a => a.Text));
    }

    [Fact]
    public async Task A_node_that_leaves_should_hand_its_entities_over_by_our_own_message()
    {
        var nodes = await FormWithEntities(2);
        var before = await Task.WhenAll(Ids(40).Select(id => Ask(nodes[0], id)));
        var moved = before.Where(a => a.Node == nodes[1].Cluster.SelfAddress).Select(a => a.Id).ToHashSet();
        Assert.NotEmpty(moved);
        await nodes[1].Host.StopAsync().WaitAsync(Long);
        Assert.Equal(moved.Select(id => $"{id} hand over").ToHashSet(), _lives.Notes.ToHashSet());

        var after = await Task.WhenAll(Ids(40).Select(id => Ask(nodes[0], id)));
        Assert.All(after, a => Assert.Equal(nodes[0].Cluster.SelfAddress, a.Node));
        Assert.All(after, a => Assert.Equal(moved.Contains(a.Id) ? 2 : 1, a.Life));
        Assert.Empty(_lives.Doubles);
    }

    [Fact]
    public async Task The_oldest_node_should_be_able_to_leave_like_any_other()
    {
        var nodes = await FormWithEntities(3);
        await Task.WhenAll(Ids(40).Select(id => Ask(nodes[1], id)));
        await nodes[0].Cluster.LeaveAsync().WaitAsync(Long);
        var after = await Task.WhenAll(Ids(40).Select(id => Ask(nodes[1], id)));
        Assert.DoesNotContain(nodes[0].Cluster.SelfAddress, after.Select(a => a.Node));
        Assert.Empty(_lives.Doubles);
    }

    [Fact]
    public async Task What_comes_for_a_shard_that_moves_should_wait_and_arrive_in_order()
    {
        var nodes = await FormWithEntities(2);
        _lives.KeepsHandOver = true;
        var id = await IdIn(nodes[1]);
        var stopping = nodes[1].Host.StopAsync();
        await Eventually.True(() => _lives.Notes.Contains($"{id} hand over"), "the entity is asked to end");
        var listener = nodes[0].Listen();
        for (var i = 0; i < 100; i++) nodes[0].Region.Tell($"{id}:{i}", listener.Ref);
        await listener.ExpectNothingBefore("mark");
        _lives.MayEnd.SetResult();
        var answers = (await listener.Next(100)).Select(a => Read((string)a)).ToList();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), answers.Select(a => a.Text));
        Assert.All(answers, a => Assert.Equal((2, nodes[0].Cluster.SelfAddress), (a.Life, a.Node)));
        await stopping.WaitAsync(Long);
        Assert.Empty(_lives.Doubles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task After_a_crash_an_entity_should_live_again_elsewhere_on_its_next_message(int crashing)
    {
        var nodes = await FormWithEntities(3, NervousAndAtRest);
        var (dead, alive) = (nodes[crashing], nodes[1]);
        var id = await IdIn(dead);
        dead.Crash();
        await alive.Hears<ClusterEvent.MemberRemoved>(dead);
        var after = await AskUntilAnswered(alive, id);
        Assert.Equal(2, after.Life);
        Assert.NotEqual(dead.Cluster.SelfAddress, after.Node);
        Assert.Empty(_lives.Doubles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task What_lived_in_a_node_that_was_put_out_should_live_again_only_after_the_margin(int crashing)
    {
        var nodes = await FormWithEntities(3, $"{NervousAndAtRest}\nakka.cluster.down-removal-margin = 8s");
        var (dead, alive) = (nodes[crashing], nodes[1]);
        var id = await IdIn(dead);
        dead.Crash();
        await alive.Hears<ClusterEvent.MemberRemoved>(dead);
        var since = Stopwatch.StartNew();
        Assert.Equal(2, (await AskUntilAnswered(alive, id)).Life);
        // The coordinator may have heard of it before this one.
        Assert.True(since.Elapsed > TimeSpan.FromSeconds(6), $"{since.Elapsed}");
    }

    [Fact]
    public async Task While_the_coordinator_is_cut_off_new_entities_should_wait_for_the_next_one()
    {
        var nodes = await FormWithEntities(3, NervousAndAtRest);
        await Task.WhenAll(nodes.Select(n => Ask(n, "known")));
        await Task.WhenAll(nodes[1].Cut(nodes[0]), nodes[2].Cut(nodes[0]));
        var shards = new Entity.Extractor();
        var answers = await Task.WhenAll(Ids(40).Where(id => shards.ShardId(id) != shards.ShardId("known")).Select(id => Ask(nodes[1], id)));
        Assert.DoesNotContain(nodes[0].Cluster.SelfAddress, answers.Select(a => a.Node));
        await nodes[0].System.WhenTerminated.WaitAsync(Long);
    }

    [Fact]
    public async Task An_entity_that_goes_to_rest_should_miss_no_message()
    {
        var nodes = await FormWithEntities(2);
        var listener = nodes[0].Listen();
        for (var i = 0; i < 200; i++)
        {
            nodes[0].Region.Tell("a:rest", listener.Ref);
            nodes[0].Region.Tell($"a:{2 * i}", listener.Ref);
            nodes[0].Region.Tell($"a:{2 * i + 1}", listener.Ref);
            Assert.Equal([$"{2 * i}", $"{2 * i + 1}"], (await listener.Next(2)).Select(a => Read((string)a).Text));
        }
        Assert.True((await Ask(nodes[0], "a")).Life > 1);
        Assert.Contains("a end", _lives.Notes);
        Assert.Empty(_lives.Doubles);
    }

    [Fact]
    public async Task A_node_without_the_role_should_only_send_on()
    {
        var worker = (await FormWithEntities(1))[0];
        var other = await Start(["guest"], configure: akka => Entity.Host(akka, _lives));
        var proxy = await Start(["guest"], configure: akka => akka.WithShardRegionProxy<Entity>(Entity.Type, "worker", new Entity.Extractor()));
        foreach (var node in new[] { other, proxy })
        {
            await node.Cluster.JoinAsync(worker.Cluster.SelfAddress).WaitAsync(Long);
            foreach (var id in Ids(20)) Assert.Equal((1, worker.Cluster.SelfAddress), ((await Ask(node, id)).Life, (await Ask(node, id)).Node));
        }
        Assert.Throws<ArgumentException>(() => ClusterSharding.Get(worker.System).ShardRegion("no such type"));
    }

    [Fact]
    public async Task A_node_that_joins_should_be_given_some_of_the_shards()
    {
        var first = (await FormWithEntities(1, ""))[0];
        await Task.WhenAll(Ids(100).Select(id => Ask(first, id)));
        var second = await Start(["worker"], configure: akka => Entity.Host(akka, _lives));
        await second.Cluster.JoinAsync(first.Cluster.SelfAddress).WaitAsync(Long);
        await Eventually.True(() => _lives.Notes.Any(n => n.EndsWith(" hand over")), "a shard is handed over");
        var id = _lives.Notes.First(n => n.EndsWith(" hand over")).Split(' ')[0];
        var after = await Ask(first, id);
        Assert.Equal((2, second.Cluster.SelfAddress), (after.Life, after.Node));
        Assert.Empty(_lives.Doubles);
    }

    [Fact]
    public async Task Regions_should_say_what_they_have()
    {
        var nodes = await FormWithEntities(2);
        var answers = await Task.WhenAll(Ids(30).Select(id => Ask(nodes[0], id)));
        var stats = await nodes[1].Region.Ask<ClusterShardingStats>(new GetClusterShardingStats(Long), Long);
        Assert.Equal(nodes.Select(n => n.Cluster.SelfAddress).ToHashSet(), stats.Regions.Keys.ToHashSet());
        foreach (var node in nodes)
        {
            var here = answers.Where(a => a.Node == node.Cluster.SelfAddress).Select(a => a.Id).ToHashSet();
            Assert.Equal(here.Count, stats.Regions[node.Cluster.SelfAddress].Stats.Values.Sum());
            var state = await node.Region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Long);
            Assert.Equal(here, state.Shards.SelectMany(s => s.EntityIds).ToHashSet());
            Assert.Empty(state.Failed);
        }
    }
}
