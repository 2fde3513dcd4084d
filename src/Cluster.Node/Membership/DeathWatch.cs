using Akka.Actor;

namespace ProverCluster.Node.Membership;

/// <summary>What it is worth when an actor is said to have ended.</summary>
internal static class DeathWatch
{
    /// <summary>
    /// Whether it has for certain. What is said of a whole address may be meant for a former life of the node there, and what nobody has seen may live. So what is not certain
    /// means perhaps: whoever waits for the actor to come back gives it a time, and begins another watch when it is heard, since this one has ended.
    /// </summary>
    public static bool IsCertain(this Terminated gone) => !gone.AddressTerminated && !gone.IsUnseen();

    /// <summary>
    /// Whether nobody has seen that actor, which is on another node. It may have ended just before the watch began. But while Akka.Remote can make no connection to a node it takes
    /// all that is sent there for dead letters, and whoever begins to watch an actor there is told this at once, though it lives, and may even be heard.
    /// </summary>
    public static bool IsUnseen(this Terminated gone) => !gone.AddressTerminated && !gone.ExistenceConfirmed && gone.ActorRef.Path.Address.Host is not null;
}
