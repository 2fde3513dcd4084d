using Akka.Cluster;

namespace Akka.Conformance.Cluster;

public sealed class CrashSpecs : ClusterSpec
{
    [Fact]
    public async Task A_crash_should_be_found_out_and_the_node_be_put_out()
    {
        var nodes = await Form(3, Nervous);
        nodes[1].Crash();
        foreach (var node in new[] { nodes[0], nodes[2] })
            Assert.Equal(["UnreachableMember", "MemberDowned", "MemberRemoved"], await node.HearsUpTo<ClusterEvent.MemberRemoved>(nodes[1]));
    }

    [Fact]
    public async Task While_a_member_is_missing_nobody_should_come_up()
    {
        var nodes = await Form(3, $"{Nervous}\nakka.cluster.split-brain-resolver.stable-after = 8s, akka.cluster.allow-weakly-up-members = off");
        nodes[2].Crash();
        await nodes[0].Hears<ClusterEvent.UnreachableMember>(nodes[2]);
        var late = await Start(["worker"]);
        var up = late.Join(nodes[0]);
        await nodes[0].Hears<ClusterEvent.MemberJoined>(late);
        await nodes[0].Hears<ClusterEvent.MemberDowned>(nodes[2]);
        await nodes[0].Hears<ClusterEvent.MemberUp>(late);
        await up.WaitAsync(Long);
    }
}
