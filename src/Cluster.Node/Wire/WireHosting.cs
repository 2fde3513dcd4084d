using Akka.Hosting;
using ProverCluster.Messages;

namespace ProverCluster.Node.Wire;

internal static class WireHosting
{
    /// <summary>The one serializer of everything that travels between nodes, bound by its marker; two of the runtime's own are put out of use.</summary>
    public static AkkaConfigurationBuilder WithWire(this AkkaConfigurationBuilder builder) => builder
        .WithCustomSerializer("prover-cluster", [typeof(IProtocolMessage)], system => new WireSerializer(system))
        .WithCustomSerializer("json", [], system => new RefusedSerializer(system, RefusedSerializer.Json))
        .WithCustomSerializer("daemon-create", [], system => new RefusedSerializer(system, RefusedSerializer.RemoteDeployment));
}
