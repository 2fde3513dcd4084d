using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;

namespace Akka.Conformance.Cluster;

public sealed class ShardingSpecs : ShardingSpec
{
    [Fact]
    public async Task An_entity_should_start_on_its_first_message_and_be_the_same_from_everywhere()
    {
        var nodes = await FormWithEntities(2);
        var first = await Ask(nodes[0], "a", "hello");
        Assert.Equal(("a", "hello", 1), (first.Id, first.Text, first.Life));
        Assert.Equal(first, await Ask(nodes[1], "a", "hello"));
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
        await nodes[0].Leave().WaitAsync(Long);
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
            await node.Join(worker).WaitAsync(Long);
            foreach (var id in Ids(20)) Assert.Equal((1, worker.Cluster.SelfAddress), ((await Ask(node, id)).Life, (await Ask(node, id)).Node));
        }
    }

    [Fact]
    public async Task A_node_that_joins_should_be_given_some_of_the_shards()
    {
        var first = (await FormWithEntities(1, ""))[0];
        await Task.WhenAll(Ids(100).Select(id => Ask(first, id)));
        var second = await Start(["worker"], configure: akka => Entity.Host(akka, _lives));
        await second.Join(first).WaitAsync(Long);
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
        foreach (var node in nodes)
        {
            var here = answers.Where(a => a.Node == node.Cluster.SelfAddress).Select(a => a.Id).ToHashSet();
            var state = await node.Region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Long);
            Assert.Equal(here, state.Shards.SelectMany(s => s.EntityIds).ToHashSet());
            Assert.Empty(state.Failed);
        }
    }
}
