using Akka.Cluster;

namespace Akka.Conformance.Cluster;

public sealed class MembershipSpecs : ClusterSpec
{
    [Fact]
    public async Task Nodes_should_know_each_other_with_their_roles_and_their_age()
    {
        var nodes = await Form(3);
        foreach (var node in nodes)
        {
            var state = node.Cluster.State;
            Assert.Equal(nodes.Select(n => n.Cluster.SelfAddress).ToHashSet(), state.Members.Select(m => m.Address).ToHashSet());
            Assert.All(state.Members, m => Assert.Equal(MemberStatus.Up, m.Status));
            Assert.Empty(state.Unreachable);
            Assert.Equal(nodes[0].Cluster.SelfUniqueAddress, state.Members.OrderBy(m => m, Member.AgeOrdering).First().UniqueAddress);
        }
        var (first, second) = (nodes[1].Cluster.State.Members.Single(m => m.HasRole("node-1")), nodes[1].Self!);
        Assert.Equal(["node-2", "worker"], second.Roles.Order());
        Assert.Equal(first.UniqueAddress, nodes[0].Cluster.SelfUniqueAddress);
        await nodes[2].Sees(s => Equals(s.Leader, nodes.Select(n => n.Cluster.SelfAddress).MinBy(a => a.Port)));
    }

    [Fact]
    public async Task An_address_should_say_host_and_port()
    {
        var node = await Start();
        var address = node.Cluster.SelfAddress;
        Assert.Equal("127.0.0.1", address.Host);
        Assert.True(address.Port > 0);
        Assert.Equal(address, Address.Parse(address.ToString()));
        Assert.Equal($"{address.Protocol}://conformance@127.0.0.1:{address.Port}", address.ToString());
        Assert.Equal(address, node.Provider.DefaultAddress);
        Assert.Equal($"{address}/user/x", (new RootActorPath(address) / "user" / "x").ToString());
    }

    [Fact]
    public async Task A_port_should_be_taken_once()
    {
        const string ours = "akka.remote.dot-netty.tcp.tcp-reuse-addr = off";
        var node = await Start(more: ours);
        await Assert.ThrowsAnyAsync<Exception>(() => Start(more: ours, port: node.Cluster.SelfAddress.Port!.Value));
    }

    [Fact]
    public async Task Before_it_joins_a_node_should_be_no_member()
    {
        var node = await Start();
        Assert.Empty(node.Cluster.State.Members);
    }

    [Fact]
    public async Task The_first_seed_should_form_the_cluster_and_the_others_join_it()
    {
        var nodes = new[] { await Start(), await Start() };
        var seeds = nodes.Select(n => n.Cluster.SelfAddress).ToList();
        foreach (var node in nodes.Reverse()) node.Cluster.JoinSeedNodes(seeds);
        await nodes[0].Hears<ClusterEvent.MemberUp>(nodes[1]);
        await nodes[0].Sees(s => s.Members.Count(m => m.Status == MemberStatus.Up) == 2);
        Assert.Equal(nodes[0].Self, nodes[0].Cluster.State.Members.Order(Member.AgeOrdering).First());
    }

    [Fact]
    public async Task Up_should_be_called_back_once_it_is_so()
    {
        var node = await Start();
        var (up, again) = (new TaskCompletionSource(), new TaskCompletionSource());
        node.Cluster.RegisterOnMemberUp(up.SetResult);
        Assert.False(up.Task.IsCompleted);
        node.Cluster.Join(node.Cluster.SelfAddress);
        await up.Task.WaitAsync(Long);
        node.Cluster.RegisterOnMemberUp(again.SetResult);
        await again.Task.WaitAsync(Long);
    }

    [Fact]
    public async Task A_subscriber_should_first_learn_what_is_so_already()
    {
        var nodes = await Form(2);
        var (snapshot, events, gone) = (nodes[0].Listen(), nodes[0].Listen(), nodes[0].Listen());
        const ClusterEvent.SubscriptionInitialStateMode asEvents = ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents;
        nodes[0].Cluster.Subscribe(snapshot.Ref, typeof(ClusterEvent.MemberLeft));
        nodes[0].Cluster.Subscribe(events.Ref, asEvents, typeof(ClusterEvent.IClusterDomainEvent));
        nodes[0].Cluster.Subscribe(gone.Ref, asEvents, typeof(ClusterEvent.MemberLeft));
        Assert.Equal(2, (await snapshot.Next<ClusterEvent.CurrentClusterState>()).Members.Count);
        await events.Next<ClusterEvent.MemberUp>(e => e.Member.Address == nodes[1].Cluster.SelfAddress);
        nodes[0].Cluster.Unsubscribe(gone.Ref);

        _ = nodes[1].Leave();
        Assert.Equal(nodes[1].Cluster.SelfAddress, (await snapshot.Next<ClusterEvent.MemberLeft>()).Member.Address);
        await events.Next<ClusterEvent.MemberLeft>();
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1]);
        await gone.ExpectNothingBefore("mark");
    }

    [Fact]
    public async Task A_node_that_leaves_should_be_seen_to_go_step_by_step_and_end_its_system()
    {
        var nodes = await Form(2);
        await nodes[1].Leave().WaitAsync(Long);
        Assert.Equal(["MemberLeft", "MemberExited", "MemberRemoved"], await nodes[0].HearsUpTo<ClusterEvent.MemberRemoved>(nodes[1]));
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
        Assert.IsType<CoordinatedShutdown.ClusterLeavingReason>(CoordinatedShutdown.Get(nodes[1].System).ShutdownReason);
        await nodes[0].Sees(s => s.Members.Count == 1);
    }

    [Fact]
    public async Task A_system_that_ends_in_order_should_leave_first()
    {
        var nodes = await Form(2);
        var phases = new List<string>();
        foreach (var phase in new[] { CoordinatedShutdown.PhaseServiceRequestsDone, "cluster-exiting-done", CoordinatedShutdown.PhaseBeforeActorSystemTerminate })
            CoordinatedShutdown.Get(nodes[1].System).AddTask(phase, "note", () =>
            {
                phases.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        await nodes[1].Host.StopAsync().WaitAsync(Long);
        Assert.Equal(["MemberLeft", "MemberExited", "MemberRemoved"], await nodes[0].HearsUpTo<ClusterEvent.MemberRemoved>(nodes[1]));
        Assert.Equal(["service-requests-done", "cluster-exiting-done", "before-actor-system-terminate"], phases);
    }

    [Fact]
    public async Task A_node_that_is_downed_should_end_its_system_and_be_removed()
    {
        var nodes = await Form(2, Nervous);
        nodes[0].Cluster.Down(nodes[1].Cluster.SelfAddress);
        await nodes[0].Hears<ClusterEvent.MemberDowned>(nodes[1]);
        Assert.Equal(MemberStatus.Down, (await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1])).PreviousStatus);
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(nodes[1].System).ShutdownReason);
    }

    [Fact]
    public async Task A_system_of_the_same_address_should_come_in_for_the_one_that_crashed()
    {
        var nodes = await Form(2);
        nodes[1].Crash();
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
        var again = await Start(["worker"], port: nodes[1].Cluster.SelfAddress.Port!.Value);
        await again.Join(nodes[0]).WaitAsync(Long);
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1]);
        var up = await nodes[0].Hears<ClusterEvent.MemberUp>(again);
        Assert.Equal(again.Cluster.SelfUniqueAddress, up.Member.UniqueAddress);
        Assert.NotEqual(nodes[1].Cluster.SelfUniqueAddress, up.Member.UniqueAddress);
    }
}
