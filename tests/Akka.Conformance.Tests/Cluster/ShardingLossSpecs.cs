using Akka.Cluster;

namespace Akka.Conformance.Cluster;

public sealed class ShardingLossSpecs : ShardingSpec
{
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

    [Fact]
    public async Task While_the_coordinator_is_cut_off_new_entities_should_wait_for_the_next_one()
    {
        var nodes = await FormWithEntities(3, NervousAndAtRest);
        await Task.WhenAll(nodes[1].Cut(nodes[0]), nodes[2].Cut(nodes[0]));
        var shards = new Entity.Extractor();
        var known = shards.ShardId(Ids(1).Single());
        var answers = await Task.WhenAll(Ids(40).Where(id => shards.ShardId(id) != known).Select(id => Ask(nodes[1], id)));
        Assert.DoesNotContain(nodes[0].Cluster.SelfAddress, answers.Select(a => a.Node));
        await nodes[0].System.WhenTerminated.WaitAsync(Long);
    }
}
