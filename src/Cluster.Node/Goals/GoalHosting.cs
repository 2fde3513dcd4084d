using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Goals;

internal static class GoalHosting
{
    /// <summary>The type name of the sharded coordinators.</summary>
    public const string Region = "goals";

    /// <summary>
    /// Never changed while a cluster lives: it is how every node finds a goal's coordinator. Ten for each of a dozen nodes, so that they can be spread evenly.
    /// </summary>
    public const int Shards = 120;

    /// <summary>Coordinators under a plain local parent, registered as <see cref="GoalCoordinatorActor"/>.</summary>
    public static AkkaConfigurationBuilder WithLocalGoals(this AkkaConfigurationBuilder builder, IServiceProvider services) =>
        builder.WithActors((system, registry) =>
            registry.Register<GoalCoordinatorActor>(system.ActorOf(GoalsActor.Props(Tools(services, () => registry.Get<GoalCoordinatorActor>())), "goals")));

    /// <summary>Coordinators sharded over the nodes of that role; on other nodes, the way to them. Registered as <see cref="GoalCoordinatorActor"/>.</summary>
    public static AkkaConfigurationBuilder WithShardedGoals(this AkkaConfigurationBuilder builder, IServiceProvider services, bool hasRole)
    {
        if (!hasRole)
            return builder.WithShardRegionProxy<GoalCoordinatorActor>(Region, NodeRoles.Coordinator, new GoalExtractor());

        var tools = Tools(services, () => services.GetRequiredService<IReadOnlyActorRegistry>().Get<GoalCoordinatorActor>());
        return builder.WithShardRegion<GoalCoordinatorActor>(Region, _ => GoalCoordinatorActor.Props(tools), new GoalExtractor(), new ShardOptions
        {
            Role = NodeRoles.Coordinator,
            StateStoreMode = StateStoreMode.DData,
            // A goal is found again by whoever waits for it, with what is left of its deadline; a shard knows nothing of deadlines.
            RememberEntities = false,
            // A race is quiet while its provers work: only a settled goal's coordinator stops, and by itself.
            ShouldPassivateIdleEntities = false,
            HandOffStopMessage = HandOver.Instance,
        });
    }

    private static CoordinatorTools Tools(IServiceProvider services, Func<IActorRef> goals)
    {
        var catalogue = services.GetRequiredService<BackendCatalogue>();
        var board = services.GetRequiredService<NodeBoard>();
        var clock = services.GetRequiredService<TimeProvider>();
        return new CoordinatorTools(board, (goal, after) => Plan(catalogue, board, clock, goal, after), goals, clock) { Metrics = services.GetRequiredService<NodeMetrics>() };
    }

    private static RacePlan Plan(BackendCatalogue catalogue, NodeBoard board, TimeProvider clock, Goal goal, long after)
    {
        var plan = catalogue.Plan(goal.Language, goal.Backends, backend => board.MayHave(backend, goal.Language));
        var runs = plan.Backends.Select(planned =>
            new PlannedRun(planned.Backend.Name, planned.IsAvailable ? null : $"{planned.Backend.Executable} is not on PATH"));
        // Later lives of a coordinator have later timestamps; where clocks differ, the life that is known before counts.
        var incarnation = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), after + 1);
        return new RacePlan(goal, incarnation, [.. runs], plan.Rejection);
    }

    /// <summary>Which shard and which coordinator a message is for.</summary>
    private sealed class GoalExtractor() : HashCodeMessageExtractor(Shards)
    {
        public override string? EntityId(object message) => (message as IGoalMessage)?.Goal.Value;
    }
}
