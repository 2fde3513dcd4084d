using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Membership;

internal static class MembershipHosting
{
    /// <summary>Remoting and clustering, at that place. Whoever has no seeds joins itself, once its actors are there.</summary>
    /// <param name="builder">To add it to.</param>
    /// <param name="place">Where the node stands.</param>
    /// <param name="isAsked">Whether it answers over HTTP.</param>
    public static AkkaConfigurationBuilder WithPlace(this AkkaConfigurationBuilder builder, ClusterPlace place, bool isAsked) => builder
        .WithRemoting(place.Host, place.Port)
        .WithClustering(new ClusterOptions { Roles = isAsked ? [.. place.Roles, NodeRoles.Http] : [.. place.Roles] });

    /// <summary>Introduces this node to the others, and joins them.</summary>
    public static AkkaConfigurationBuilder WithMembership(this AkkaConfigurationBuilder builder, IServiceProvider services, ClusterPlace place) =>
        builder.WithActors((system, registry) =>
        {
            system.ActorOf(CutOffActor.Props(services.GetRequiredService<CutOff>()), "cut-off");
            system.ActorOf(LostWatchActor.Props(), "lost-watches");
            var agent = place.IsProver ? registry.Get<NodeAgentActor>() : null;
            system.ActorOf(MembershipActor.Props(agent, registry.Get<NodeBoardActor>()), "membership");
            var cluster = Cluster.Get(system);
            if (place.Seeds.Count == 0)
                cluster.Join(cluster.SelfAddress);
            else
                cluster.JoinSeedNodes(place.SeedAddresses(cluster.SelfAddress));
        });
}
