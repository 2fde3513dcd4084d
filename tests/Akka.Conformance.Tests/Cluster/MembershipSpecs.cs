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
        var (first, second) = (nodes[1].Cluster.State.Members.Single(m => m.HasRole("node-1")), nodes[1].Cluster.SelfMember);
        Assert.True(first.IsOlderThan(second));
        Assert.False(second.IsOlderThan(first));
        Assert.Equal(["node-2", "worker"], second.Roles.Order());
        Assert.Equal(second.Roles, nodes[1].Cluster.SelfRoles);
        Assert.Equal(first.UniqueAddress, nodes[0].Cluster.SelfUniqueAddress);
        await nodes[2].Sees(s => Equals(s.Leader, nodes.Select(n => n.Cluster.SelfAddress).Min(Member.AddressOrdering)));
    }

    [Fact]
    public async Task An_address_should_say_system_host_and_port()
    {
        var node = await Start();
        var address = node.Cluster.SelfAddress;
        Assert.Equal(("conformance", "127.0.0.1"), (address.System, address.Host));
        Assert.True(address.Port > 0);
        Assert.Equal(address, Address.Parse(address.ToString()));
        Assert.Equal(new Address(address.Protocol, "conformance", "127.0.0.1", address.Port), address);
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
        Assert.Equal(MemberStatus.Removed, node.Cluster.SelfMember.Status);
        Assert.Empty(node.Cluster.State.Members);
        Assert.False(node.Cluster.IsTerminated);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var nowhere = new Address(node.Cluster.SelfAddress.Protocol, "conformance", "127.0.0.1", 1);
        await Assert.ThrowsAsync<ClusterJoinFailedException>(() => node.Cluster.JoinAsync(nowhere, limit.Token));
    }

    [Fact]
    public async Task The_first_seed_should_form_the_cluster_and_the_others_join_it()
    {
        var nodes = new[] { await Start(), await Start() };
        var seeds = nodes.Select(n => n.Cluster.SelfAddress).ToList();
        await Task.WhenAll(nodes.Reverse().Select(n => n.Cluster.JoinSeedNodesAsync(seeds))).WaitAsync(Long);
        await nodes[0].Hears<ClusterEvent.MemberUp>(nodes[1]);
        await nodes[0].Sees(s => s.Members.Count(m => m.Status == MemberStatus.Up) == 2);
        Assert.True(nodes[0].Cluster.SelfMember.IsOlderThan(nodes[0].Cluster.State.Members.Single(m => m.Address == seeds[1])));
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
        nodes[0].Cluster.Subscribe(snapshot.Ref, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.MemberLeft));
        nodes[0].Cluster.Subscribe(events.Ref, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent));
        nodes[0].Cluster.Subscribe(gone.Ref, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberLeft));
        Assert.Equal(2, (await snapshot.Next<ClusterEvent.CurrentClusterState>()).Members.Count);
        await events.Next<ClusterEvent.MemberUp>(e => e.Member.Address == nodes[1].Cluster.SelfAddress);
        await events.Next<ClusterEvent.LeaderChanged>();
        nodes[0].Cluster.Unsubscribe(gone.Ref);

        nodes[1].Cluster.Leave(nodes[1].Cluster.SelfAddress);
        Assert.Equal(nodes[1].Cluster.SelfAddress, (await snapshot.Next<ClusterEvent.MemberLeft>()).Member.Address);
        await events.Next<ClusterEvent.MemberLeft>();
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1]);
        await gone.ExpectNothingBefore("mark");
        Assert.Throws<ArgumentException>(() => nodes[0].Cluster.Subscribe(gone.Ref, ClusterEvent.InitialStateAsEvents));
    }

    [Fact]
    public async Task A_node_that_leaves_should_be_seen_to_go_step_by_step_and_end_its_system()
    {
        var nodes = await Form(2);
        var removed = new TaskCompletionSource();
        nodes[1].Cluster.RegisterOnMemberRemoved(removed.SetResult);
        await nodes[1].Cluster.LeaveAsync().WaitAsync(Long);
        await removed.Task.WaitAsync(Long);
        Assert.Equal(["MemberLeft", "MemberExited", "MemberRemoved"], await nodes[0].HearsUpTo<ClusterEvent.MemberRemoved>(nodes[1]));
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
        Assert.IsType<CoordinatedShutdown.ClusterLeavingReason>(CoordinatedShutdown.Get(nodes[1].System).ShutdownReason);
        Assert.True(nodes[1].Cluster.IsTerminated);
        await nodes[0].Sees(s => s.Members.Count == 1);
    }

    [Fact]
    public async Task Another_node_should_be_able_to_send_one_away()
    {
        var nodes = await Form(2);
        nodes[0].Cluster.Leave(nodes[1].Cluster.SelfAddress);
        Assert.Equal(MemberStatus.Exiting, (await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1])).PreviousStatus);
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
    }

    [Fact]
    public async Task A_system_that_ends_in_order_should_leave_first()
    {
        var nodes = await Form(2);
        var phases = new List<(string Name, bool IsOut)>();
        foreach (var phase in new[] { CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseClusterExitingDone, CoordinatedShutdown.PhaseBeforeActorSystemTerminate })
            CoordinatedShutdown.Get(nodes[1].System).AddTask(phase, "note", () =>
            {
                phases.Add((phase, nodes[1].Cluster.IsTerminated));
                return Task.FromResult(Done.Instance);
            });
        await nodes[1].Host.StopAsync().WaitAsync(Long);
        Assert.Equal(["MemberLeft", "MemberExited", "MemberRemoved"], await nodes[0].HearsUpTo<ClusterEvent.MemberRemoved>(nodes[1]));
        Assert.Equal(["service-stop", "cluster-exiting-done", "before-actor-system-terminate"], phases.Select(p => p.Name));
        Assert.False(phases[0].IsOut);
        Assert.True(phases[2].IsOut);
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
    public async Task A_downed_node_should_live_on_outside_when_told_so()
    {
        var nodes = await Form(2, $"{Nervous}\nakka.cluster.run-coordinated-shutdown-when-down = off");
        var removed = new TaskCompletionSource();
        nodes[1].Cluster.RegisterOnMemberRemoved(removed.SetResult);
        nodes[0].Cluster.Down(nodes[1].Cluster.SelfAddress);
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1]);
        await removed.Task.WaitAsync(Long);
        Assert.False(nodes[1].System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_system_of_the_same_address_should_come_in_for_the_one_that_crashed()
    {
        var nodes = await Form(2);
        nodes[1].Crash();
        await nodes[1].System.WhenTerminated.WaitAsync(Long);
        var again = await Start(["worker"], port: nodes[1].Cluster.SelfAddress.Port!.Value);
        await again.Cluster.JoinAsync(nodes[0].Cluster.SelfAddress).WaitAsync(Long);
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[1]);
        var up = await nodes[0].Hears<ClusterEvent.MemberUp>(again);
        Assert.Equal(again.Cluster.SelfUniqueAddress, up.Member.UniqueAddress);
        Assert.NotEqual(nodes[1].Cluster.SelfUniqueAddress, up.Member.UniqueAddress);
    }
}
