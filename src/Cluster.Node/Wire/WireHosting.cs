using Akka.Hosting;
using ProverCluster.Messages;

namespace ProverCluster.Node.Wire;

internal static class WireHosting
{
    /// <summary>The one serializer of everything that travels between nodes, bound by its marker.</summary>
    public static AkkaConfigurationBuilder WithWire(this AkkaConfigurationBuilder builder) =>
        builder.WithCustomSerializer("prover-cluster", [typeof(IProtocolMessage)], system => new WireSerializer(system));
}
