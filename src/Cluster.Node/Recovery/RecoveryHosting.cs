using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Records;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Recovery;

internal static class RecoveryHosting
{
    /// <summary>The name of the singleton, or of a lone node's actor.</summary>
    public const string Name = "recovery";

    /// <summary>Without a store there is nothing to be recovered.</summary>
    public static AkkaConfigurationBuilder WithLocalRecovery(this AkkaConfigurationBuilder builder, IServiceProvider services, NodeSettings settings) =>
        HasNone(services) ? builder : builder.WithActors((system, _) => system.ActorOf(RecoveryActor.Props(() => Tools(services, settings, null)), Name));

    /// <summary>One in the cluster, on the oldest coordinator's node.</summary>
    public static AkkaConfigurationBuilder WithClusterRecovery(this AkkaConfigurationBuilder builder, IServiceProvider services, NodeSettings settings) => HasNone(services)
        ? builder
        : builder.WithSingleton<RecoveryActor>(
            Name,
            RecoveryActor.Props(() => Tools(services, settings, Cluster(services))),
            new ClusterSingletonOptions { Role = NodeRoles.Coordinator },
            createProxyToo: false);

    private static bool HasNone(IServiceProvider services) => services.GetRequiredService<IGoalStore>() is NoStore;

    private static RecoveryTools Tools(IServiceProvider services, NodeSettings settings, Akka.Cluster.Cluster? cluster) => new(
        services.GetRequiredService<IGoalStore>(),
        services.GetRequiredService<IVerdictCache>(),
        new CacheBounds(settings.Cache.KeepFor, settings.Cache.KeepMost, settings.Cache.KeepBytes),
        () => services.GetRequiredService<IReadOnlyActorRegistry>().Get<GoalRecordActor>(),
        settings.Store.KeepSettled,
        cluster);

    private static Akka.Cluster.Cluster Cluster(IServiceProvider services) => Akka.Cluster.Cluster.Get(services.GetRequiredService<ActorSystem>());
}
