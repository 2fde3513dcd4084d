using Akka.Configuration;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Cluster;

/// <summary>Clusters that are made and ended a dozen times have much to say about it, and none of it is a figure.</summary>
internal static class QuietActors
{
    public static readonly Config Config = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }");

    public static NodeSettings In(NodeSettings settings) => settings with { Akka = Config.WithFallback(settings.Akka) };
}
