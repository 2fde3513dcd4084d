using Akka.Hosting;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;

namespace ProverCluster.Node;

/// <summary>Compiled only with <c>-p:PetabridgeCmd=true</c>.</summary>
internal static partial class NodeHosting
{
    /// <summary>Whoever reaches it may do everything, without a token: it listens for this machine alone, whatever the package's own default is.</summary>
    private const string Local = "petabridge.cmd { host = \"127.0.0.1\", port = 9110 }";

    static partial void AddPetabridgeCmd(AkkaConfigurationBuilder akka) => akka
        .AddHocon(Local, HoconAddMode.Append)
        .AddPetabridgeCmd(cmd =>
        {
            cmd.RegisterCommandPalette(ClusterCommands.Instance);
            cmd.RegisterCommandPalette(ClusterShardingCommands.Instance);
        });
}
