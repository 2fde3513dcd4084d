using System.Diagnostics;
using Akka.Cluster;

namespace Akka.Conformance.Cluster;

public sealed class ShardingMarginSpecs : ShardingSpec
{
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
}
