using Akka.Cluster;

namespace Akka.Conformance.Cluster;

public sealed class SplitSpecs : ClusterSpec
{
    private static string Counting(string role) => $"{Nervous}\nakka.cluster.split-brain-resolver.keep-majority.role = {role}";

    [Fact]
    public async Task A_cut_link_should_make_both_sides_miss_each_other_and_a_mended_one_find_each_other()
    {
        var nodes = await Form(2, Patient);
        await nodes[0].Cut(nodes[1]);
        await Task.WhenAll(nodes[0].Hears<ClusterEvent.UnreachableMember>(nodes[1]), nodes[1].Hears<ClusterEvent.UnreachableMember>(nodes[0]));
        await nodes[0].Sees(s => s.Unreachable.Count == 1 && s.Unreachable.All(m => m.Address == nodes[1].Cluster.SelfAddress));
        await nodes[0].Mend(nodes[1]);
        await Task.WhenAll(nodes[0].Hears<ClusterEvent.ReachableMember>(nodes[1]), nodes[1].Hears<ClusterEvent.ReachableMember>(nodes[0]));
        Assert.All(nodes, n => Assert.Equal(MemberStatus.Up, n.Self!.Status));
        foreach (var node in nodes) await node.Sees(s => s.Unreachable.IsEmpty);
    }

    [Fact]
    public async Task A_minority_should_put_itself_out_and_the_majority_go_on_without_it()
    {
        var nodes = await Form(3, Nervous);
        await Task.WhenAll(nodes[0].Cut(nodes[2]), nodes[1].Cut(nodes[2]));
        foreach (var node in nodes[..2])
            Assert.Equal(["UnreachableMember", "MemberDowned", "MemberRemoved"], await node.HearsUpTo<ClusterEvent.MemberRemoved>(nodes[2]));
        await nodes[2].System.WhenTerminated.WaitAsync(Long);
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(nodes[2].System).ShutdownReason);
        foreach (var node in nodes[..2]) await node.Sees(s => s.Members.Count == 2 && s.Members.All(m => m.Status == MemberStatus.Up));
    }

    [Fact]
    public async Task Of_two_halves_the_one_with_the_lowest_address_should_stay()
    {
        var nodes = (await Form(2, Nervous)).OrderBy(n => n.Cluster.SelfAddress.Port).ToArray();
        await nodes[1].Cut(nodes[0]);
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1]);
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
        Assert.Equal(MemberStatus.Up, nodes[0].Self!.Status);
    }

    [Fact]
    public async Task One_that_counts_should_stay_without_the_others_when_only_its_role_is_counted()
    {
        var nodes = await Form(4, Counting("node-1"));
        await Task.WhenAll(nodes[1..].Select(nodes[0].Cut));
        await nodes[0].Sees(s => s.Members.Count == 1);
        await Task.WhenAll(nodes[1..].Select(n => n.System.WhenTerminated)).WaitAsync(Long);
        Assert.Equal(MemberStatus.Up, nodes[0].Self!.Status);
    }

    [Fact]
    public async Task Of_two_that_count_the_one_with_the_lowest_address_should_stay_whoever_is_with_the_other()
    {
        var nodes = await Form(4, Counting("counted"), role: i => i < 2 ? "counted" : "guest");
        var counted = nodes[..2].OrderBy(n => n.Cluster.SelfAddress.Port).ToArray();
        Node[] others = [counted[1], .. nodes[2..]];
        await Task.WhenAll(others.Select(counted[0].Cut));
        await counted[0].Sees(s => s.Members.Count == 1);
        await Task.WhenAll(others.Select(n => n.System.WhenTerminated)).WaitAsync(Long);
        Assert.Equal(MemberStatus.Up, counted[0].Self!.Status);
    }

    [Fact]
    public async Task Nobody_should_stay_when_nobody_counts()
    {
        var nodes = await Form(3, Counting("nobody"));
        await Task.WhenAll(nodes[0].Cut(nodes[2]), nodes[1].Cut(nodes[2]));
        await Task.WhenAll(nodes.Select(n => n.System.WhenTerminated)).WaitAsync(Long);
        Assert.All(nodes, n => Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(n.System).ShutdownReason));
    }
}
