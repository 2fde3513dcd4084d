using Akka;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Texts;

internal static class TextHosting
{
    /// <summary>How long a node that leaves waits for the new homes of its goals to fetch their texts. Less than the phase of its shutdown may take that it does so in.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(4);

    /// <summary>Gives texts to other nodes and brings theirs, registered as <see cref="TextsActor"/>.</summary>
    /// <param name="builder">The node's.</param>
    /// <param name="services">Where the texts are.</param>
    /// <param name="isInCluster">Whether there may be other nodes.</param>
    public static AkkaConfigurationBuilder WithTexts(this AkkaConfigurationBuilder builder, IServiceProvider services, bool isInCluster) =>
        builder.WithActors((system, registry) =>
        {
            var (store, shelf) = (services.GetRequiredService<TextStore>(), services.GetRequiredService<OutputShelf>());
            Func<IEnumerable<string>> others = isInCluster ? () => NodeNames.Others(system) : () => [];
            var recall = new TextRecall(services.GetRequiredService<IGoalStore>());
            registry.Register<TextsActor>(system.ActorOf(TextsActor.Props(store, shelf, source => Peer(system, source), others, recall), TextsActor.Name));
            // After the records have moved, and while the node is a member still.
            if (isInCluster)
                CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseClusterLeave, "texts", () => GiveAllAsync(store, others));
        });

    /// <summary>A text that nobody has fetched by then is had there already, or from the store.</summary>
    private static async Task<Done> GiveAllAsync(TextStore store, Func<IEnumerable<string>> others)
    {
        if (others().Any())
            await Task.WhenAny(store.AllGivenAsync(), Task.Delay(LeavePatience));
        return Done.Instance;
    }

    private static IActorRef Peer(ActorSystem system, string source) =>
        NodeNames.Find(system, Address.Parse(source), TextsActor.Name);
}
