using Akka.Actor;
using Akka.TestKit;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Inspection;

namespace ProverCluster.Node.Tests;

/// <summary>What an actor is told about others, and what others know of it.</summary>
internal static class Said
{
    /// <summary>Ends a watch as the loss of a whole address does, whether the actor that is watched lives or not. Akka takes such a word from nobody but itself.</summary>
    public static void IsSaidToBeGone(this IActorRef watched, IActorRef watcher) =>
#if EMBEDDED_ACTORS
        watcher.Tell(new Terminated(watched, existenceConfirmed: false, addressTerminated: true));
#else
        ((IInternalActorRef)watcher).SendSystemMessage(new Akka.Dispatch.SysMsg.DeathWatchNotification(watched, existenceConfirmed: false, addressTerminated: true));
#endif

    /// <summary>Waits until an actor has done with whatever it was told before.</summary>
    public static void HasHeard(this TestKitBase spec, IActorRef actor)
    {
        actor.Tell(Describe.Instance, spec.TestActor);
        spec.ExpectMsg<ActorWords>();
    }

    /// <summary>Somebody who has been there.</summary>
    public static TestProbe Gone(this TestKitBase spec)
    {
        var gone = spec.CreateTestProbe();
        spec.Watch(gone);
        spec.Sys.Stop(gone);
        spec.ExpectTerminated(gone);
        return gone;
    }

    /// <summary>An actor of another node that may be heard, but not be watched: whoever begins to is told at once that it is gone.</summary>
    public static IActorRef Unseen(this ActorSystem system, string name)
    {
        var path = new RootActorPath(new Address("akka.tcp", "x", "elsewhere", 1)) / "user" / name;
#if EMBEDDED_ACTORS
        return ((ExtendedActorSystem)system).Provider.ResolveActorRef(path);
#else
        return new EmptyLocalActorRef(((ExtendedActorSystem)system).Provider, path, system.EventStream);
#endif
    }
}
