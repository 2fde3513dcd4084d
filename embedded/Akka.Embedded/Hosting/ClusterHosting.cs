using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Hosting;

namespace Akka.Remote.Hosting
{
    public static class AkkaRemoteHostingExtensions
    {
        /// <summary>Makes the system reachable. Port 0 stands for one that is free.</summary>
        public static AkkaConfigurationBuilder WithRemoting(
            this AkkaConfigurationBuilder builder, string hostname = null, int? port = null, string publicHostname = null, int? publicPort = null)
        {
            var tcp = new[] { ("hostname", hostname), ("port", $"{publicPort ?? port}"), ("public-hostname", publicHostname) }
                .Where(setting => !string.IsNullOrEmpty(setting.Item2)).Select(setting => $"{setting.Item1} = \"{setting.Item2}\"");
            builder.AddHocon("akka.actor.provider = remote", HoconAddMode.Append);
            return builder.AddHocon($"akka.remote.dot-netty.tcp {{ {string.Join(", ", tcp)} }}", HoconAddMode.Prepend);
        }
    }
}

namespace Akka.Cluster.Hosting
{
    public sealed class ClusterOptions
    {
        public string[] Roles { get; set; }
    }

    public class ClusterSingletonOptions
    {
        public string Role { get; set; }
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
            return builder.WithActors((system, _) => system.ActorOf(Props.Create(() => new SingletonManager(actorProps, options.Role)), singletonName));
        }

        public static AkkaConfigurationBuilder WithClustering(this AkkaConfigurationBuilder builder, ClusterOptions options = null)
        {
            builder.AddHocon("akka.actor.provider = cluster", HoconAddMode.Prepend);
            return builder.AddHocon($"akka.cluster.roles = [{string.Join(", ", options.Roles.Select(r => $"\"{r}\""))}]", HoconAddMode.Prepend);
        }

        public static AkkaConfigurationBuilder WithShardRegion<TKey>(
            this AkkaConfigurationBuilder builder, string typeName, Func<string, Props> entityPropsFactory, IMessageExtractor messageExtractor, ShardOptions shardOptions)
        {
            if (shardOptions.RememberEntities == true) throw new NotSupportedException("RememberEntities: the embedded runtime starts an entity only on a message for it.");
            if (shardOptions.ShouldPassivateIdleEntities != false)
                throw new NotSupportedException("ShouldPassivateIdleEntities: set it to false; in the embedded runtime an entity ends when it says so.");
            return builder.WithRegion<TKey>(new ShardingType(typeName, entityPropsFactory, messageExtractor, shardOptions.Role, shardOptions.HandOffStopMessage));
        }

        public static AkkaConfigurationBuilder WithShardRegionProxy<TKey>(
            this AkkaConfigurationBuilder builder, string typeName, string roleName, IMessageExtractor messageExtractor) =>
            builder.WithRegion<TKey>(new ShardingType(typeName, null, messageExtractor, roleName, null));

        private static AkkaConfigurationBuilder WithRegion<TKey>(this AkkaConfigurationBuilder builder, ShardingType type) =>
            builder.WithActors((system, registry) => registry.Register<TKey>(system.SystemActorOf(Props.Create(() => new ShardRegion(type)), $"sharding-{type.Name}")));
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
