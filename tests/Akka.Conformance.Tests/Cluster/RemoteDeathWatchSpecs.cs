using Akka.Cluster;

namespace Akka.Conformance.Cluster;

public sealed class RemoteDeathWatchSpecs : ClusterSpec
{
    private sealed class Victim : ReceiveActor
    {
        public Victim()
        {
            Receive<string>(_ => Context.Stop(Self));
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private static IActorRef VictimIn(Node home, Node seenFrom) => home.RefIn(seenFrom, home.System.ActorOf<Victim>());

    [Fact]
    public async Task A_death_in_one_node_should_be_heard_of_in_the_other_in_both_directions()
    {
        var nodes = await Form(2);
        foreach (var (watcher, home) in new[] { (nodes[0], nodes[1]), (nodes[1], nodes[0]) })
        {
            var (listener, victim) = (watcher.Listen(), VictimIn(home, watcher));
            listener.Watch(victim);
            Assert.Equal(1, await victim.Ask<int>(1, Long));
            listener.Watch(victim);
            victim.Tell("die", ActorRefs.NoSender);
            var terminated = await listener.Next<Terminated>();
            Assert.Equal(victim, terminated.ActorRef);
            Assert.False(terminated.AddressTerminated);
        }
    }

    [Fact]
    public async Task A_pill_should_work_from_afar()
    {
        var nodes = await Form(2);
        var (listener, victim) = (nodes[0].Listen(), VictimIn(nodes[1], nodes[0]));
        listener.Watch(victim);
        Assert.Equal(1, await victim.Ask<int>(1, Long));
        victim.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        Assert.Equal(victim, (await listener.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Who_is_not_there_should_be_said_to_be_dead()
    {
        var nodes = await Form(2);
        var (listener, victim) = (nodes[0].Listen(), VictimIn(nodes[1], nodes[0]));
        var watchedBefore = nodes[0].Listen();
        watchedBefore.Watch(victim);
        Assert.Equal(1, await victim.Ask<int>(1, Long));
        victim.Tell("die", ActorRefs.NoSender);
        await watchedBefore.Next<Terminated>();
        listener.Watch(victim);
        var terminated = await listener.Next<Terminated>();
        Assert.Equal(victim, terminated.ActorRef);
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task Unwatch_should_keep_the_news_away()
    {
        var nodes = await Form(2);
        var (listener, other, victim) = (nodes[0].Listen(), nodes[0].Listen(), VictimIn(nodes[1], nodes[0]));
        listener.Watch(victim);
        Assert.Equal(1, await victim.Ask<int>(1, Long));
        listener.Unwatch(victim);
        other.Watch(victim);
        Assert.Equal(2, await victim.Ask<int>(2, Long));
        victim.Tell("die", ActorRefs.NoSender);
        await other.Next<Terminated>();
        await listener.ExpectNothingBefore("mark");
    }

    [Fact]
    public async Task All_of_a_node_should_be_dead_once_it_is_removed()
    {
        var nodes = await Form(3, Nervous);
        var (listener, victims) = (nodes[0].Listen(), new[] { VictimIn(nodes[2], nodes[0]), VictimIn(nodes[2], nodes[0]) });
        foreach (var victim in victims)
        {
            listener.Watch(victim);
            Assert.Equal(1, await victim.Ask<int>(1, Long));
        }
        await Task.WhenAll(nodes[0].Cut(nodes[2]), nodes[1].Cut(nodes[2]));
        var terminated = new[] { await listener.Next<Terminated>(), await listener.Next<Terminated>() };
        Assert.Equal(victims.ToHashSet(), terminated.Select(t => t.ActorRef).ToHashSet());
        Assert.All(terminated, t => Assert.True(t.AddressTerminated));
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[2]);
    }

    [Fact]
    public async Task Of_a_node_that_is_gone_already_all_should_be_dead()
    {
        var nodes = await Form(3, Nervous);
        var victim = VictimIn(nodes[2], nodes[0]);
        nodes[2].Crash();
        await nodes[0].Hears<ClusterEvent.MemberRemoved>(nodes[2]);
        var listener = nodes[0].Listen();
        listener.Watch(victim);
        Assert.Equal(victim, (await listener.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task A_death_behind_a_cut_link_should_be_heard_of_once_it_is_mended()
    {
        var nodes = await Form(2, Patient);
        var local = nodes[1].System.ActorOf<Victim>();
        var (listener, near, victim) = (nodes[0].Listen(), nodes[1].Listen(), nodes[1].RefIn(nodes[0], local));
        listener.Watch(victim);
        near.Watch(local);
        Assert.Equal(1, await victim.Ask<int>(1, Long));
        await nodes[0].Cut(nodes[1]);
        nodes[1].System.Stop(local);
        await near.Next<Terminated>();
        await nodes[0].Hears<ClusterEvent.UnreachableMember>(nodes[1]);
        await listener.ExpectNothingBefore("mark");
        await nodes[0].Mend(nodes[1]);
        Assert.Equal(victim, (await listener.Next<Terminated>()).ActorRef);
    }
}
