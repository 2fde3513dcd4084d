using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Nodes;

internal static class NodeAgentHosting
{
    /// <summary>The agent that gives this node's slots to runs, registered as <see cref="NodeAgentActor"/>.</summary>
    public static AkkaConfigurationBuilder WithNodeAgent(this AkkaConfigurationBuilder builder, IServiceProvider services, int slots, int queueLimit) =>
        builder.WithActors((system, registry) =>
        {
            var tools = services.GetRequiredService<RunnerTools>();
            registry.Register<NodeAgentActor>(system.ActorOf(NodeAgentActor.Props(tools, new SlotQueue(slots, queueLimit)), "agent"));
        });
}
