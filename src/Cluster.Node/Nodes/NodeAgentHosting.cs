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
    /// <summary>The agent that gives this node's slots to runs, registered as <see cref="NodeAgentActor"/>.</summary>
    /// <param name="builder">To add it to.</param>
    /// <param name="services">Where its tools are.</param>
    /// <param name="settings">With a number of slots.</param>
    /// <param name="goals">Where messages to coordinators go.</param>
    /// <param name="name">The node's name; null for the machine's, where there is one node.</param>
    public static AkkaConfigurationBuilder WithNodeAgent(
        this AkkaConfigurationBuilder builder, IServiceProvider services, NodeSettings settings, Func<IReadOnlyActorRegistry, Akka.Actor.IActorRef> goals, Func<Akka.Actor.ActorSystem, string>? name = null) =>
        builder.WithActors((system, registry) =>
        {
            var runners = services.GetRequiredService<RunnerTools>();
            var catalogue = services.GetRequiredService<BackendCatalogue>();
            var versions = services.GetRequiredService<BackendVersions>();
            var installed = catalogue.Installed.ToArray();
            var tools = new AgentTools(
                name is null ? runners : runners with { Node = name(system), Keep = Shelving(services, system) },
                goals(registry),
                services.GetRequiredService<TextStore>(),
                registry.Get<TextsActor>(),
                [.. installed.Select(entry => new BackendOffer(entry.Backend.Name, entry.Backend.Language, null))],
                // Alone, a node need not know before the first race, which has no processor to spare.
                name is null ? null : () => VersionsAsync(installed, versions),
                settings.Slots ?? Environment.ProcessorCount,
                settings.QueueLimit);
            var agent = system.ActorOf(NodeAgentActor.Props(tools), "agent");
            registry.Register<NodeAgentActor>(agent);
            if (name is null)
            {
                // Before the first goal comes, which is to find a slot.
                services.GetRequiredService<NodeBoard>().Put(
                    new NodeEvents.Offered(tools.Runners.Node, tools.Backends, tools.Slots, tools.Slots, 0, IsDraining: false), agent);
                agent.Tell(new Audience(registry.Get<NodeBoardActor>(), IsThere: true), Akka.Actor.ActorRefs.NoSender);
            }
        });

    private static Func<RunId, ProverOutput.Inline, TimeSpan, ProverOutput> Shelving(IServiceProvider services, Akka.Actor.ActorSystem system)
    {
        var (shelf, address) = (services.GetRequiredService<OutputShelf>(), Akka.Cluster.Cluster.Get(system).SelfAddress.ToString());
        return (run, output, left) => shelf.Put(run, output, left, address);
    }

    private static async Task<IReadOnlyList<BackendOffer>> VersionsAsync(IEnumerable<PlannedBackend> installed, BackendVersions versions)
    {
        var offers = new List<BackendOffer>();
        foreach (var entry in installed)
            offers.Add(new BackendOffer(entry.Backend.Name, entry.Backend.Language, await versions.OfAsync(entry)));
        return offers;
    }
}
