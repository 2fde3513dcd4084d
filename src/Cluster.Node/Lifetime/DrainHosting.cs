using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Lifetime;

internal static class DrainHosting
{
    /// <summary>Makes draining the first phase of this node's end.</summary>
    public static AkkaConfigurationBuilder WithDrain(this AkkaConfigurationBuilder builder, IServiceProvider services, DrainSettings settings) => builder
        .AddHocon(
            $"akka.coordinated-shutdown.phases.{CoordinatedShutdown.PhaseBeforeServiceUnbind}.timeout = {NodeDrain.Longest(settings.Grace).TotalMilliseconds:F0}ms",
            HoconAddMode.Prepend)
        .WithActors((system, registry) =>
        {
            var cutOff = services.GetRequiredService<CutOff>();
            var drain = new NodeDrain(system, registry.Get<NodeAgentActor>(), services.GetRequiredService<IProverLauncher>(), cutOff, settings.Grace);
            drain.KillWhenCutOff();
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "drain", drain.RunAsync);
        });
}
