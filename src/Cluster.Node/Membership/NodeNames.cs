using System.Globalization;
using Akka.Actor;

namespace ProverCluster.Node.Membership;

/// <summary>How nodes are called, and how an actor is found that every node has under the same name.</summary>
internal static class NodeNames
{
    public static string Of(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    public static IActorRef Find(ActorSystem system, Address address, string name) =>
        ((ExtendedActorSystem)system).Provider.ResolveActorRef(new RootActorPath(address) / "user" / name);
}
