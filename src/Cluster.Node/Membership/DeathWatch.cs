using Akka.Actor;

namespace ProverCluster.Node.Membership;

/// <summary>What it is worth when an actor is said to have ended.</summary>
internal static class DeathWatch
{
    /// <summary>
    /// Whether it has for certain. What is said of a whole address may be meant for a former life of the node there. And while Akka.Remote can make no connection to a node it
    /// takes all that is sent there for dead letters: whoever begins to watch an actor there is told at once that nobody has seen it, though it lives, and may even be heard.
    /// Nor has anybody seen one that ended just before the watch began. So what is not certain means perhaps: whoever waits for the actor to come back gives it a time, and begins
    /// another watch when it is heard, since this one has ended.
    /// </summary>
    public static bool IsCertain(this Terminated gone) => !gone.AddressTerminated && (gone.ExistenceConfirmed || gone.ActorRef.Path.Address.Host is null);
}
