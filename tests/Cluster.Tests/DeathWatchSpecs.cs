#if !EMBEDDED_ACTORS
using Akka.Remote;
#endif

namespace ProverCluster.Tests;

/// <summary>Whoever watches an actor on a node that is lost hears of its end.</summary>
[Collection("cluster")]
public sealed class DeathWatchSpecs
{
    [Fact]
    public async Task A_watch_that_is_forgotten_as_the_node_goes_ends_like_any_other()
    {
        await using var cluster = await TestCluster.StartAsync([Roles.Coordinator, Roles.Prover], "", Entry.Plays("player", "goal {goal}"));
        var lost = cluster.Nodes.Single(node => node.IsProver);
        var path = lost.Node.System.ActorOf(Akka.Actor.Props.Create(() => new Silent())).Path;
        var client = (ExtendedActorSystem)cluster.Client.Node.System;
        var watched = client.Provider.ResolveActorRef($"{lost.Cluster.SelfAddress}/user/{path.Name}#{path.Uid}");
        var heard = 0;
        client.ActorOf(Akka.Actor.Props.Create(() => new WatchesAgain(watched, () => Interlocked.Increment(ref heard))));

        await cluster.CrashAsync(lost);
        await Eventually.True(() => Volatile.Read(ref heard) >= 1, "it has heard");
        await Eventually.True(() => Volatile.Read(ref heard) == 2, "it has heard again, since it watched again");
    }

    private sealed class Silent : ReceiveActor;

    private sealed class WatchesAgain : ReceiveActor
    {
        public WatchesAgain(IActorRef watched, Action heard)
        {
            Context.Watch(watched);
            Receive<Terminated>(gone => gone.AddressTerminated, _ =>
            {
                heard();
                Become(() => Receive<Terminated>(gone => gone.AddressTerminated, _ => heard()));
                Context.Watch(watched);
#if !EMBEDDED_ACTORS
                // What Akka.Remote's watcher does itself, for a moment, to a new watch of somebody whose end it is still about to work off.
                ((IRemoteActorRefProvider)((ExtendedActorSystem)Context.System).Provider).RemoteWatcher.Tell(new RemoteWatcher.UnwatchRemote((IInternalActorRef)watched, (IInternalActorRef)Self));
#endif
            });
        }
    }
}
