using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ProverCluster.Node.Nodes;

internal static class BoardHosting
{
    /// <summary>Under this name every node has a board.</summary>
    public const string Name = "board";

    public static AkkaConfigurationBuilder WithBoard(this AkkaConfigurationBuilder builder, IServiceProvider services) =>
        builder.WithActors((system, registry) =>
            registry.Register<NodeBoardActor>(system.ActorOf(NodeBoardActor.Props(services.GetRequiredService<NodeBoard>()), Name)));
}
