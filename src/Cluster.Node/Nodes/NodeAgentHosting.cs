using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Nodes;

internal static class NodeAgentHosting
{
    /// <summary>The agent of a node alone, registered as <see cref="NodeAgentActor"/>: it is on the board before the first goal comes, which is to find a slot.</summary>
    /// <param name="builder">To add it to.</param>
    /// <param name="services">Where its tools are.</param>
    /// <param name="settings">With a number of slots.</param>
    /// <param name="goals">Where messages to coordinators go.</param>
    public static AkkaConfigurationBuilder WithNodeAgent(
        this AkkaConfigurationBuilder builder, IServiceProvider services, NodeSettings settings, Func<IReadOnlyActorRegistry, IActorRef> goals) =>
        builder.WithActors((system, registry) =>
        {
            var tools = Tools(services, settings, registry, goals);
            var agent = Start(system, registry, tools);
            services.GetRequiredService<NodeBoard>().Put(
                new NodeEvents.Offered(tools.Runners.Node, tools.Backends, tools.Slots, tools.Slots, 0, IsDraining: false), agent);
            agent.Tell(new Audience(registry.Get<NodeBoardActor>(), IsThere: true), ActorRefs.NoSender);
        });

    /// <summary>The same for a node of a cluster, whose membership introduces it to the boards.</summary>
    /// <param name="builder">To add it to.</param>
    /// <param name="services">Where its tools are.</param>
    /// <param name="settings">With a number of slots.</param>
    /// <param name="goals">Where messages to coordinators go.</param>
    /// <param name="self">What the node is called, and which life of it this is.</param>
    public static AkkaConfigurationBuilder WithClusterAgent(
        this AkkaConfigurationBuilder builder,
        IServiceProvider services,
        NodeSettings settings,
        Func<IReadOnlyActorRegistry, IActorRef> goals,
        Func<ActorSystem, (string Name, long Life)> self) =>
        builder.WithActors((system, registry) =>
        {
            var tools = Tools(services, settings, registry, goals);
            var (name, life) = self(system);
            Start(system, registry, tools with
            {
                Runners = tools.Runners with { Node = name, Keep = Shelving(services, system) },
                // Alone, a node need not know before the first race, which has no processor to spare.
                Versions = () => VersionsAsync(services),
                Life = life,
            });
        });

    private static IActorRef Start(ActorSystem system, IActorRegistry registry, AgentTools tools)
    {
        tools.Runners.Metrics.Confine(tools.Runners.Launcher.Confinement);
        var agent = system.ActorOf(NodeAgentActor.Props(tools), "agent");
        registry.Register<NodeAgentActor>(agent);
        return agent;
    }

    private static AgentTools Tools(IServiceProvider services, NodeSettings settings, IReadOnlyActorRegistry registry, Func<IReadOnlyActorRegistry, IActorRef> goals) => new(
        services.GetRequiredService<RunnerTools>(),
        goals(registry),
        services.GetRequiredService<TextStore>(),
        registry.Get<TextsActor>(),
        [.. services.GetRequiredService<BackendCatalogue>().Installed.Select(entry => new BackendOffer(entry.Backend.Name, entry.Backend.Language, null))],
        settings.Slots ?? Environment.ProcessorCount,
        settings.QueueLimit);

    private static Func<RunId, ProverOutput.Inline, TimeSpan, ProverOutput> Shelving(IServiceProvider services, ActorSystem system)
    {
        var (shelf, address) = (services.GetRequiredService<OutputShelf>(), Akka.Cluster.Cluster.Get(system).SelfAddress.ToString());
        return (run, output, left) => shelf.Put(run, output, left, address);
    }

    /// <summary>What is installed here, each with its version.</summary>
    public static async Task<IReadOnlyList<BackendOffer>> VersionsAsync(IServiceProvider services)
    {
        var versions = services.GetRequiredService<BackendVersions>();
        var offers = new List<BackendOffer>();
        foreach (var entry in services.GetRequiredService<BackendCatalogue>().Installed)
            offers.Add(new BackendOffer(entry.Backend.Name, entry.Backend.Language, await versions.OfAsync(entry)));
        return offers;
    }
}
