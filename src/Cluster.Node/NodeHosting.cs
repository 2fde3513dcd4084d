using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Lifetime;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Records;
using ProverCluster.Node.Recovery;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Texts;
using ProverCluster.Node.Wire;

namespace ProverCluster.Node;

/// <summary>Composes a node: each floor's own extension, in the order of the house.</summary>
internal static partial class NodeHosting
{
    /// <param name="services">To add the node to.</param>
    /// <param name="settings">Checked, with a number of slots.</param>
    /// <param name="catalogue">The provers.</param>
    /// <param name="place">Where it stands in a cluster; null for a node alone.</param>
    public static IServiceCollection AddProverNode(this IServiceCollection services, NodeSettings settings, BackendCatalogue catalogue, ClusterPlace? place) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(catalogue)
        .AddSingleton<NodeBoard>()
        .AddSingleton<CutOff>()
        .AddNodeMetrics()
        .AddLauncher(settings.Sandbox)
        .AddRunners(settings)
        .AddAkka(ClusterPlace.System, (akka, provider) =>
        {
            akka.AddHocon(settings.Akka, HoconAddMode.Prepend);
            akka.WithLog(provider, settings.Telemetry).WithMetrics(provider, isInCluster: place is not null);
            if (place is null)
                akka.WithNodeAlone(provider, settings);
            else
                akka.WithClusterNode(provider, settings, place);
        });

    private static void WithNodeAlone(this AkkaConfigurationBuilder akka, IServiceProvider provider, NodeSettings settings)
    {
        akka.WithTexts(provider, isInCluster: false).WithBoard(provider).WithLocalGoals(provider).WithLocalFlights(provider, settings.Cache).WithLocalRecords(provider, settings.Records).WithNodeAgent(provider, settings, Coordinators);
        akka.WithLocalRecovery(provider, settings).WithLocalInspector(provider);
        // What it keeps it goes on with after its next start; one that keeps nothing belongs to a call, and ends with it.
        if (settings.Store.IsForOneNode)
            akka.WithDrain(provider, settings.Drain);
    }

    private static void WithClusterNode(this AkkaConfigurationBuilder akka, IServiceProvider provider, NodeSettings settings, ClusterPlace place)
    {
        akka.WithPlace(place, settings.Http.Port is not null).WithWire().WithTexts(provider, isInCluster: true).WithBoard(provider).WithShardedGoals(provider, place.IsCoordinator);
        akka.WithShardedFlights(provider, settings.Cache, place.IsCoordinator).WithShardedRecords(provider, settings.Records, place.IsCoordinator);
        if (place.IsProver)
            akka.WithClusterAgent(provider, settings, Coordinators, NodeNames.Self).WithDrain(provider, settings.Drain);
        if (place.IsCoordinator)
            akka.WithClusterRecovery(provider, settings);
        akka.WithClusterInspector(provider, place).WithMembership(provider, place);
        AddPetabridgeCmd(akka);
    }

    /// <summary>Akka.NET's own tool for operators, in a build that has it; elsewhere not even the call is there.</summary>
    static partial void AddPetabridgeCmd(AkkaConfigurationBuilder akka);

    private static IActorRef Coordinators(IReadOnlyActorRegistry registry) => registry.Get<GoalCoordinatorActor>();
}
