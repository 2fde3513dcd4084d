using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Hosting;

namespace Akka.Cluster.Hosting
{
    public sealed class ClusterOptions
    {
        public string[] Roles { get; set; }
    }

    public class ClusterSingletonOptions
    {
        public string Role { get; set; }

        public object TerminationMessage { get; set; }
    }

    public sealed class ShardOptions
    {
        /// <summary>Nothing is kept here beyond the life of the last node, whatever this says.</summary>
        public StateStoreMode? StateStoreMode { get; set; }

        public bool? RememberEntities { get; set; }

        public string Role { get; set; }

        public object HandOffStopMessage { get; set; }

        public bool? ShouldPassivateIdleEntities { get; set; }
    }

    public static class AkkaClusterHostingExtensions
    {
        /// <summary>The manager is registered under the name of the singleton; a proxy to it is not to be had here.</summary>
        public static AkkaConfigurationBuilder WithSingleton<TKey>(
            this AkkaConfigurationBuilder builder, string singletonName, Props actorProps, ClusterSingletonOptions options = null, bool createProxyToo = true)
        {
            if (createProxyToo) throw new NotSupportedException("createProxyToo: set it to false; in the embedded runtime a singleton is not asked for anything.");
            return builder.WithActors((system, _) => system.ActorOf(Props.Create(() => new SingletonManager(actorProps, options)), singletonName));
        }

        public static AkkaConfigurationBuilder WithClustering(this AkkaConfigurationBuilder builder, ClusterOptions options = null)
        {
            if (options?.Roles is { Length: > 0 } roles)
                builder.AddHocon($"akka.cluster.roles = [{string.Join(", ", roles.Select(r => $"\"{r}\""))}]", HoconAddMode.Prepend);
            return builder.WithProvider("cluster");
        }

        public static AkkaConfigurationBuilder WithShardRegion<TKey>(
            this AkkaConfigurationBuilder builder, string typeName, Func<string, Props> entityPropsFactory, IMessageExtractor messageExtractor, ShardOptions shardOptions)
        {
            if (shardOptions.RememberEntities == true) throw new NotSupportedException("RememberEntities: the embedded runtime starts an entity only on a message for it.");
            if (shardOptions.ShouldPassivateIdleEntities != false)
                throw new NotSupportedException("ShouldPassivateIdleEntities: set it to false; in the embedded runtime an entity ends when it says so.");
            return builder.WithActors(async (system, registry) => registry.Register<TKey>(await ClusterSharding.Get(system).Start(
                typeName, shardOptions.Role, entityPropsFactory, messageExtractor, shardOptions.HandOffStopMessage ?? PoisonPill.Instance).ConfigureAwait(false)));
        }

        public static AkkaConfigurationBuilder WithShardRegionProxy<TKey>(
            this AkkaConfigurationBuilder builder, string typeName, string roleName, IMessageExtractor messageExtractor) =>
            builder.WithActors(async (system, registry) => registry.Register<TKey>(
                await ClusterSharding.Get(system).Start(typeName, roleName, null, messageExtractor, PoisonPill.Instance).ConfigureAwait(false)));
    }
}

namespace Akka.Cluster.Sharding
{
    /// <summary>Where the homes of the shards are kept.</summary>
    public enum StateStoreMode
    {
        Persistence,
        DData,
    }
}
