using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Nodes;

internal static class BoardHosting
{
    /// <summary>Under this name every node has a board.</summary>
    public const string Name = "board";

    public static AkkaConfigurationBuilder WithBoard(this AkkaConfigurationBuilder builder, IServiceProvider services) =>
        builder.WithActors((system, registry) =>
        {
            var props = NodeBoardActor.Props(services.GetRequiredService<NodeBoard>(), address => NodeNames.Hears(system, address));
            registry.Register<NodeBoardActor>(system.ActorOf(props, Name));
        });
}
