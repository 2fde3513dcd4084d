using System.Globalization;
using Akka.Actor;
using Akka.Cluster;

namespace ProverCluster.Node.Membership;

/// <summary>How nodes are called, and how an actor is found that every node has under the same name.</summary>
internal static class NodeNames
{
    public static string Of(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    /// <summary>What the node of that system is called, and which life of it this is.</summary>
    public static (string Name, long Life) Self(ActorSystem system)
    {
        var self = Cluster.Get(system).SelfUniqueAddress;
        return (Of(self.Address), self.Uid);
    }

    /// <summary>The addresses of the other nodes in reach, whatever they do.</summary>
    public static IEnumerable<string> Others(ActorSystem system)
    {
        var cluster = Cluster.Get(system);
        return cluster.State.Members.Except(cluster.State.Unreachable)
            .Where(member => member.Status is MemberStatus.Up or MemberStatus.Leaving && !member.UniqueAddress.Equals(cluster.SelfUniqueAddress))
            .Select(member => member.Address.ToString());
    }

    public static IActorRef Find(ActorSystem system, Address address, string name) =>
        ((ExtendedActorSystem)system).Provider.ResolveActorRef(new RootActorPath(address) / "user" / name);
}
