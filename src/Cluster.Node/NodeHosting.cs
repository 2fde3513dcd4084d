using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node;

/// <summary>Composes a node: each floor's own extension, in the order of the house.</summary>
internal static class NodeHosting
{
    public static IServiceCollection AddProverNode(this IServiceCollection services, NodeSettings settings, BackendCatalogue catalogue) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(catalogue)
        .AddLauncher(settings.Sandbox)
        .AddRunners(settings)
        .AddAkka("prover-cluster", (akka, provider) => akka
            .AddHocon(settings.Akka, HoconAddMode.Prepend)
            .WithNodeAgent(provider, settings.Slots ?? Environment.ProcessorCount, settings.QueueLimit)
            .WithLocalGoals(provider));
}
