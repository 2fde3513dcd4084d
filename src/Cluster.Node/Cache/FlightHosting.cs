using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Flights;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Cache;

internal static class FlightHosting
{
    /// <summary>The type name of the sharded flights.</summary>
    public const string Region = "flights";

    /// <summary>Never changed while a cluster lives. As many as coordinators have, so that they are spread as evenly.</summary>
    public const int Shards = GoalHosting.Shards;

    /// <summary>Flights under a plain local parent, registered as <see cref="FlightActor"/>.</summary>
    public static AkkaConfigurationBuilder WithLocalFlights(this AkkaConfigurationBuilder builder, IServiceProvider services, CacheSettings settings) => builder
        .WithActors((system, registry) => registry.Register<FlightActor>(system.ActorOf(FlightsActor.Props(Tools(services, settings)), Region)));

    /// <summary>Flights sharded over the coordinators' nodes; on other nodes, the way to them. Registered as <see cref="FlightActor"/>.</summary>
    public static AkkaConfigurationBuilder WithShardedFlights(this AkkaConfigurationBuilder builder, IServiceProvider services, CacheSettings settings, bool hasRole)
    {
        if (!hasRole)
            return builder.WithShardRegionProxy<FlightActor>(Region, NodeRoles.Coordinator, new FlightExtractor());

        var tools = new Lazy<FlightTools>(() => Tools(services, settings));
        return builder.WithShardRegion<FlightActor>(Region, flight => FlightActor.Props(tools.Value, Name(flight)), new FlightExtractor(), new ShardOptions
        {
            Role = NodeRoles.Coordinator,
            StateStoreMode = StateStoreMode.DData,
            // Who waits boards again.
            RememberEntities = false,
            // A flight is quiet while its race is: it stops by itself.
            ShouldPassivateIdleEntities = false,
            HandOffStopMessage = LeaveFlight.Instance,
        });
    }

    private static FlightName Name(string flight) =>
        FlightName.TryParse(flight, out var name) ? name : throw new ArgumentException("no such flight", nameof(flight));

    private static FlightTools Tools(IServiceProvider services, CacheSettings settings)
    {
        var registry = services.GetRequiredService<IReadOnlyActorRegistry>();
        return new FlightTools(
            () => registry.Get<FlightActor>(),
            props => services.GetRequiredService<ActorSystem>().ActorOf(props),
            registry.Get<GoalCoordinatorActor>(),
            services.GetService<IVerdictCache>() ?? new NoVerdicts(),
            services.GetRequiredService<TimeProvider>())
        {
            Store = services.GetRequiredService<IGoalStore>(),
            KeepFor = settings.KeepFor,
            Metrics = services.GetRequiredService<NodeMetrics>(),
        };
    }

    /// <summary>Which shard and which flight a message is for; a name that is none is nobody's.</summary>
    private sealed class FlightExtractor() : HashCodeMessageExtractor(Shards)
    {
        public override string? EntityId(object message) => message is IFlightMessage told && FlightName.TryParse(told.Flight, out _) ? told.Flight : null;
    }
}
