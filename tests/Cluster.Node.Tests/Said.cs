using Akka.Actor;

namespace ProverCluster.Node.Tests;

/// <summary>What an actor is told about others.</summary>
internal static class Said
{
    /// <summary>Ends a watch as the loss of a whole address does, whether the actor that is watched lives or not. Akka takes such a word from nobody but itself.</summary>
    public static void IsSaidToBeGone(this IActorRef watched, IActorRef watcher) =>
#if EMBEDDED_ACTORS
        watcher.Tell(new Terminated(watched, existenceConfirmed: false, addressTerminated: true));
#else
        ((IInternalActorRef)watcher).SendSystemMessage(new Akka.Dispatch.SysMsg.DeathWatchNotification(watched, existenceConfirmed: false, addressTerminated: true));
#endif
}
