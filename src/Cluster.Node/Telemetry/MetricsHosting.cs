using System.Text.Json;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages;
using ProverCluster.Node.Store;
using ProverCluster.Node.Wire;

namespace ProverCluster.Node.Telemetry;

internal static class MetricsHosting
{
    private const string Unreachable = "unreachable";

    /// <summary>What a node measures, and who adds it up once somebody asks.</summary>
    public static IServiceCollection AddNodeMetrics(this IServiceCollection services) => services.AddSingleton<NodeMetrics>().AddSingleton<MetricsReading>();

    /// <summary>Shows the metrics what is there to be looked at, rather than told.</summary>
    /// <param name="builder">To add it to.</param>
    /// <param name="services">Where all of it is.</param>
    /// <param name="isInCluster">Whether it has members.</param>
    public static AkkaConfigurationBuilder WithMetrics(this AkkaConfigurationBuilder builder, IServiceProvider services, bool isInCluster) => builder.WithActors((system, _) =>
    {
        var metrics = services.GetRequiredService<NodeMetrics>();
        if (services.GetService<NodeStore>() is { } store)
        {
            var health = services.GetRequiredService<StoreHealth>();
            metrics.WatchStore(() => health.Trouble is null);
            (store.Access.Writer.Tried, store.Access.Writer.Done) = (metrics.CountBatch, metrics.CountWrites);
        }

        if (isInCluster)
            ((WireSerializer)system.Serialization.FindSerializerForType(typeof(IProtocolMessage))).Losses.Metrics = metrics;
        var cluster = isInCluster ? Cluster.Get(system) : null;
        metrics.WatchMembers(() => cluster is null ? [new("up", 1), new(Unreachable, 0)] : Count(cluster.State));
    });

    /// <summary>Each once: one that is out of reach is nothing else. Those that somebody may wait to see go are there with none, too.</summary>
    private static IEnumerable<KeyValuePair<string, int>> Count(ClusterEvent.CurrentClusterState state)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["up"] = 0, [Unreachable] = 0 };
        foreach (var member in state.Members)
        {
            var status = state.Unreachable.Contains(member) ? Unreachable : JsonNamingPolicy.CamelCase.ConvertName(member.Status.ToString());
            counts[status] = counts.GetValueOrDefault(status) + 1;
        }

        return counts;
    }
}
