using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Node.Goals;

internal static class GoalHosting
{
    /// <summary>Coordinators under a plain local parent, registered as <see cref="GoalsActor"/>.</summary>
    public static AkkaConfigurationBuilder WithLocalGoals(this AkkaConfigurationBuilder builder, IServiceProvider services) =>
        builder.WithActors((system, registry) =>
        {
            var catalogue = services.GetRequiredService<BackendCatalogue>();
            var clock = services.GetRequiredService<TimeProvider>();
            var tools = new CoordinatorTools(registry.Get<NodeAgentActor>(), goal => Plan(catalogue, clock, goal), clock);
            registry.Register<GoalsActor>(system.ActorOf(GoalsActor.Props(tools), "goals"));
        });

    private static RacePlan Plan(BackendCatalogue catalogue, TimeProvider clock, Goal goal)
    {
        var plan = catalogue.Plan(goal.Language, goal.Backends);
        var runs = plan.Backends.Select(planned =>
            new PlannedRun(planned.Backend.Name, planned.IsAvailable ? null : $"{planned.Backend.Executable} is not on PATH"));
        // Later lives of a coordinator have later timestamps; the wall clock is only compared with itself.
        return new RacePlan(goal, clock.GetUtcNow().ToUnixTimeMilliseconds(), [.. runs], plan.Rejection);
    }
}
