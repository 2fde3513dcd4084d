using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Records;

namespace ProverCluster.Node.Inspection;

internal static class InspectionHosting
{
    /// <summary>The inspector of a node alone, after all that it looks at.</summary>
    public static AkkaConfigurationBuilder WithLocalInspector(this AkkaConfigurationBuilder builder, IServiceProvider services) => builder.WithActors((system, registry) =>
        Start(system, new InspectorTools(Environment.MachineName, registry.Get<NodeAgentActor>(), [], services.GetRequiredService<TimeProvider>())));

    /// <summary>The same for a node of a cluster.</summary>
    public static AkkaConfigurationBuilder WithClusterInspector(this AkkaConfigurationBuilder builder, IServiceProvider services, ClusterPlace place) => builder.WithActors((system, registry) =>
        Start(system, new InspectorTools(
            NodeNames.Self(system).Name,
            place.IsProver ? registry.Get<NodeAgentActor>() : null,
            place.IsCoordinator ? Regions(registry) : [],
            services.GetRequiredService<TimeProvider>())));

    private static IReadOnlyList<(string Name, IActorRef Region)> Regions(IReadOnlyActorRegistry registry) =>
    [
        (GoalHosting.Region, registry.Get<GoalCoordinatorActor>()),
        (FlightHosting.Region, registry.Get<FlightActor>()),
        (RecordHosting.Region, registry.Get<GoalRecordActor>()),
    ];

    private static void Start(ActorSystem system, InspectorTools tools) => system.ActorOf(InspectorActor.Props(tools), InspectorActor.Name);
}
